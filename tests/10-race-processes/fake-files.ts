// Files in the memory of one process, which write down every call.
import type { Files } from '#kata/10-race-processes/files.ts';

/** A call, as a person would write it: `writeFile counter 42`. */
export type Call = string;

export class FakeFiles {
  readonly calls: Call[] = [];
  readonly texts = new Map<string, string>();
  /**
   * What the operation of this name rejects with the first time; a second try succeeds. writeFile leaves an empty file
   * behind.
   */
  readonly failures: Partial<Record<keyof Files, unknown>> = {};
  readonly #failed = new Set<keyof Files>();
  readonly #settle: () => Promise<void>;

  /** @param settle awaited before an operation settles */
  constructor(texts: Record<string, string> = {}, settle: () => Promise<void> = async () => {}) {
    for (const [path, text] of Object.entries(texts)) this.texts.set(path, text);
    this.#settle = settle;
  }

  get files(): Files {
    return {
      readFile: async (path, encoding: unknown) => {
        await this.#begin('readFile', path);
        const text = this.#existing('open', path);
        // As in Node.js: bytes, unless an encoding is named.
        return encoding === undefined ? (Buffer.from(text) as unknown as string) : text;
      },
      writeFile: async (path, text) => {
        if (this.#fails('writeFile')) this.texts.set(path, '');
        await this.#begin('writeFile', path, text);
        this.texts.set(path, String(text));
      },
      rename: async (from, to) => {
        await this.#begin('rename', from, to);
        this.texts.set(to, this.#existing('rename', from));
        this.texts.delete(from);
      },
      unlink: async (path) => {
        await this.#begin('unlink', path);
        this.#existing('unlink', path);
        this.texts.delete(path);
      },
    };
  }

  #fails(call: keyof Files): boolean {
    return call in this.failures && !this.#failed.has(call);
  }

  async #begin(call: keyof Files, ...args: string[]): Promise<void> {
    this.calls.push([call, ...args].join(' '));
    await this.#settle();
    if (!this.#fails(call)) return;
    this.#failed.add(call);
    throw this.failures[call];
  }

  #existing(call: string, path: string): string {
    const text = this.texts.get(path);
    if (text !== undefined) return text;
    throw Object.assign(new Error(`ENOENT: no such file or directory, ${call} '${path}'`), { code: 'ENOENT' });
  }
}
