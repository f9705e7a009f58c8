import type { Mutex } from '#kata/11-async-mutex/mutex.ts';

type Block = (mutex: Mutex, body: () => Promise<unknown>) => Promise<void>;

/**
 * Runs `body` in a block that begins with `using` or `await using`. Where this Node can read that syntax (24 and later)
 * it is the language's own, elsewhere what the language would do.
 */
export function inBlock(kind: 'using' | 'await using', mutex: Mutex, body: () => Promise<unknown>): Promise<void> {
  return (native(kind) ?? byHand(kind))(mutex, body);
}

function native(kind: string): Block | undefined {
  try {
    // The syntax would keep Node 20 and 22 from loading this file, so it is read only when it is run.
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
    // Looked up when the block is entered, as the language does: a resource that cannot be disposed of is refused
    // there.
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
