import type { Mutex, Release } from '#kata/11-async-mutex/mutex.ts';

type Acquires = Pick<Mutex, 'acquire'>;
type Block = (mutex: Acquires, body: () => Promise<unknown>) => Promise<void>;

/**
 * Runs `body` in a block that starts with `using` or `await using`. If this version of Node.js can parse that syntax
 * (24 and later), the block is real. Otherwise it is emulated.
 */
export function inBlock(kind: 'using' | 'await using', mutex: Acquires, body: () => Promise<unknown>): Promise<void> {
  return (native(kind) ?? byHand(kind))(mutex, body);
}

/** @returns what is wrong with a release that must be a resource, as a sentence; undefined if nothing is */
export function lacking(release: Release, ...symbols: ('dispose' | 'asyncDispose')[]): string | undefined {
  const missing = symbols.find((name) => typeof (release as Partial<Release>)[Symbol[name]] !== 'function');
  return (
    missing &&
    `what acquire() resolves to has no method [Symbol.${missing}], which ` +
      `${missing === 'dispose' ? '`using`' : '`await using`'} calls at the end of the block. Add it to the function, ` +
      'for example with Object.assign()'
  );
}

function native(kind: string): Block | undefined {
  try {
    // Node.js 20 and 22 can't parse the syntax, so it must not appear in this file itself.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    return new Function(
      'mutex',
      'body',
      `return (async () => { ${kind} held = await mutex.acquire(); await body(); })()`,
    ) as Block;
  } catch {
    return undefined;
  }
}

const byHand =
  (kind: 'using' | 'await using'): Block =>
  async (mutex, body) => {
    const held = await mutex.acquire();
    // Looked up when the block is entered, as the language does: a resource without the method is refused there.
    const dispose: unknown =
      kind === 'using' ? held[Symbol.dispose] : (held[Symbol.asyncDispose] ?? held[Symbol.dispose]);
    if (typeof dispose !== 'function')
      throw new TypeError(`${kind}: the release has no ${kind === 'using' ? 'Symbol.dispose' : 'Symbol.asyncDispose'}`);
    try {
      await body();
    } finally {
      await (dispose.call(held) as unknown);
    }
  };
