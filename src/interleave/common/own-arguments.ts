/**
 * @returns this process's flags that a Worker should have too, the conditions of its imports among them; not those that
 * say what this process runs. Under Node's permission model a Worker must not start others: it could give them flags
 * without that model.
 */
export function ownArguments(): string[] {
  return process.execArgv.filter(
    (argument) => !/^--(input-type|eval|print|test|watch|inspect|allow-worker)/.test(argument),
  );
}
