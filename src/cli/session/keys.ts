import { emitKeypressEvents, type Interface } from 'node:readline';
import type { ReadStream } from 'node:tty';

/** A key: its character (`n`, `N`, `?`), or a name such as `up`, `pagedown`, `escape`, `return` or `ctrl-c`. */
export type Key = string;

interface Pressed {
  readonly name?: string;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
}

/** Milliseconds until a lone Escape is no longer the beginning of another key. */
const escapePatience = 50;

/**
 * @param stdin a terminal; its keys are unbuffered until `stop` is called
 * @returns keys as they are pressed, until the terminal is gone
 */
export function keysOf(stdin: ReadStream, stop: AbortSignal): AsyncIterable<Key> {
  const waiting: Key[] = [];
  let wake: () => void = () => undefined;
  let ended = false;
  const end = () => {
    ended = true;
    wake();
  };
  const press = (character: string | undefined, { name, ctrl, meta }: Pressed = {}) => {
    const isCharacter = character !== undefined && /^[!-~]$/.test(character);
    const key = ctrl ? `ctrl-${name}` : isCharacter && !meta ? character : name;
    if (key === undefined) return;
    waiting.push(key);
    wake();
  };
  emitKeypressEvents(stdin, { escapeCodeTimeout: escapePatience } as unknown as Interface);
  stdin.on('keypress', press).once('end', end).once('error', end);
  stop.addEventListener('abort', end, { once: true });
  return {
    async *[Symbol.asyncIterator]() {
      try {
        while (!ended) {
          const key = waiting.shift();
          if (key !== undefined) yield key;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        stdin.off('keypress', press).off('end', end).off('error', end);
      }
    },
  };
}
