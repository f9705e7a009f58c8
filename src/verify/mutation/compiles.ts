import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { loaderFlags } from '#src/loader/index.ts';
import type { Mutation } from './operators.ts';

const child = fileURLToPath(new URL('./compiles-child.ts', import.meta.url));

/**
 * Asks the TypeScript compiler about each mutation, in one child process. What does not compile is no student's answer:
 * an editor shows the error at once.
 * @param root the course, absolute
 * @param folder the reference, absolute
 * @param files the student's files in it: the changed one and its neighbors must compile
 * @returns the mutations without a type error
 * @throws {Error} when the compiler could not be asked
 */
export async function thoseThatCompile(
  root: string,
  folder: string,
  files: readonly string[],
  mutations: readonly Mutation[],
): Promise<Mutation[]> {
  const compiler = spawn(process.execPath, [...loaderFlags, child], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(compiler, 'close') as Promise<[number | null]>;
  const changes = mutations.map(({ file, text }) => ({ file, text }));
  compiler.stdin.end(JSON.stringify({ root, folder, files, changes }));
  const [answer, [code]] = await Promise.all([text(compiler.stdout), ended]);
  if (code !== 0) throw new Error(`The type check of the mutations ended with exit code ${code}.`);
  const good = JSON.parse(answer) as boolean[];
  return mutations.filter((_, at) => good[at]);
}
