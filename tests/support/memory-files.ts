// An in-memory directory for the promise explorer. Each file operation is one step of a schedule, or two where a real
// disk shows what is in between.
import { posix } from 'node:path';
import type { World } from '#src/interleave/index.ts';

/** What `writeFile` does if the file exists: empty it first, or reject with EEXIST. */
type Flag = 'w' | 'wx';

/** The file operations of one process. They behave like their namesakes in `node:fs/promises`, with text in UTF-8. */
export interface MemoryFiles {
  /** One step. */
  readFile(path: string, encoding: 'utf8' | 'utf-8' | { encoding: 'utf8' | 'utf-8' }): Promise<string>;
  /** Two steps: create or empty the file, then fill it. In between, it is empty for everybody. */
  writeFile(path: string, text: string, options?: 'utf8' | 'utf-8' | { flag?: Flag }): Promise<void>;
  /** One step: a second name for the same file. Rejects with EEXIST if `path` exists. */
  link(existing: string, path: string): Promise<void>;
  /** One step. Replaces `to` if it exists. */
  rename(from: string, to: string): Promise<void>;
  /** One step. */
  unlink(path: string): Promise<void>;
  /** One step. @returns the names in a folder, in the order in which they were created */
  readdir(path: string): Promise<string[]>;
  /** One step. */
  mkdir(path: string, options?: { recursive?: boolean }): Promise<string | undefined>;
}

/** A file, which may have several names. */
interface Inode {
  text: string;
}

const explanations = {
  EEXIST: [-17, 'file already exists'],
  EISDIR: [-21, 'illegal operation on a directory'],
  ENOENT: [-2, 'no such file or directory'],
} as const;

/** A directory that processes share. A process is a task of the scene, and has the task's name. */
export class MemoryDirectory {
  readonly #world: World;
  readonly #root: string;
  readonly #shown: (text: string) => string;
  readonly #files = new Map<string, Inode>();
  readonly #folders = new Set<string>(['/']);
  readonly #killed = new Set<string>();
  readonly #aliases = new Map<string, string>();
  readonly #names = new Map<string, string>();
  #onChange: (by: string) => void = () => undefined;

  /**
   * @param root absolute path of the directory, which exists and is empty; the timeline shows paths from here
   * @param shown what the timeline shows of a file's content
   */
  constructor(world: World, root = '/data', shown: (text: string) => string = (text) => text) {
    this.#world = world;
    this.#shown = shown;
    this.#root = root;
    for (let path = root; path !== '/'; path = posix.dirname(path)) this.#folders.add(path);
  }

  /** @returns the content of a file now, without a step; `undefined` if there is none */
  text(path: string): string | undefined {
    return this.#files.get(absolute(path))?.text;
  }

  /** Creates or changes a file without a step, to set the scene. */
  put(path: string, text: string): void {
    this.#files.set(absolute(path), { text });
  }

  /** @returns the paths of all files from the root, without a step, in the order in which they were created */
  get paths(): string[] {
    return [...this.#files.keys()].map((path) => posix.relative(this.#root, path));
  }

  /** Calls `listener` after each step that changes the directory, and after each kill, with the name of the process. */
  set onChange(listener: (by: string) => void) {
    this.#onChange = listener;
  }

  /** Kills a process: none of its operations that are pending or still to come take effect. */
  kill(process: string): void {
    this.#killed.add(process);
    this.#world.kill(process);
    this.#onChange(process);
  }

  isKilled(process: string): boolean {
    return this.#killed.has(process);
  }

  /** @returns the operations of a process */
  of(process: string): MemoryFiles {
    const change = <T>(label: string, effect: () => T, shown?: (value: T) => string) =>
      this.#step(
        label,
        () => {
          const value = effect();
          this.#onChange(process);
          return value;
        },
        shown,
      );
    return {
      readFile: (path) =>
        this.#step(
          `read ${this.#name(path)}`,
          () => this.#existing('open', path).text,
          (text) => (text === '' ? '(empty)' : this.#short(text)),
        ),
      writeFile: async (path, text, options) => {
        const flag = (typeof options === 'object' ? options.flag : undefined) ?? 'w';
        const name = this.#name(path);
        const { inode } = await change(
          `open ${name} (${flag})`,
          () => this.#open(path, flag),
          ({ created }) => (created ? 'created' : 'emptied'),
        );
        await change(`write ${this.#short(text) || 'nothing'} to ${name}`, () => void (inode.text = text));
      },
      link: (existing, path) =>
        change(`link ${this.#name(existing)} as ${this.#name(path)}`, () => this.#link(existing, path)),
      rename: (from, to) => change(`rename ${this.#name(from)} to ${this.#name(to)}`, () => this.#rename(from, to)),
      unlink: (path) =>
        change(`unlink ${this.#name(path)}`, () => {
          this.#existing('unlink', path);
          this.#files.delete(absolute(path));
        }),
      readdir: (path) =>
        this.#step(
          `list ${this.#name(path)}`,
          () => this.#list(path),
          (names) => this.#alias(names.join(' ')) || '(empty)',
        ),
      mkdir: (path, options) =>
        this.#step(`mkdir ${this.#name(path)}`, () => {
          const created = this.#mkdir(path, options?.recursive ?? false);
          if (created !== undefined) this.#onChange(process);
          return options?.recursive ? created : undefined;
        }),
    };
  }

  /** @param shown what the timeline shows behind the arrow; without it, nothing unless the step fails */
  async #step<T>(label: string, effect: () => T, shown?: (value: T) => string): Promise<T> {
    const outcome: { value?: T; error?: Error } = {};
    await this.#world.operation(label, () => {
      try {
        outcome.value = effect();
        return shown?.(outcome.value);
      } catch (error) {
        outcome.error = error as Error;
        return (error as NodeJS.ErrnoException).code ?? String(error);
      }
    });
    if (outcome.error) throw outcome.error;
    return outcome.value as T;
  }

  #existing(call: string, path: string, to?: string): Inode {
    const inode = this.#files.get(absolute(path));
    if (inode) return inode;
    throw failure(this.#folders.has(absolute(path)) ? 'EISDIR' : 'ENOENT', call, path, to);
  }

  #open(path: string, flag: Flag): { inode: Inode; created: boolean } {
    const existing = this.#files.get(absolute(path));
    if (existing && flag === 'wx') throw failure('EEXIST', 'open', path);
    if (!existing) this.#mustHaveRoom('open', path);
    const inode = existing ?? { text: '' };
    inode.text = '';
    this.#files.set(absolute(path), inode);
    return { inode, created: existing === undefined };
  }

  #link(existing: string, path: string): void {
    const inode = this.#existing('link', existing, path);
    if (this.#files.has(absolute(path)) || this.#folders.has(absolute(path)))
      throw failure('EEXIST', 'link', existing, path);
    this.#mustHaveRoom('link', path);
    this.#files.set(absolute(path), inode);
  }

  #rename(from: string, to: string): void {
    const inode = this.#existing('rename', from, to);
    this.#mustHaveRoom('rename', to);
    // As in POSIX: two names of the same file stay as they are.
    if (this.#files.get(absolute(to)) === inode) return;
    this.#files.delete(absolute(from));
    this.#files.set(absolute(to), inode);
  }

  #list(path: string): string[] {
    const folder = absolute(path);
    if (!this.#folders.has(folder)) throw failure('ENOENT', 'scandir', path);
    const names: string[] = [];
    for (const all of [this.#folders, this.#files.keys()])
      for (const each of all) {
        const place = placeOf(each);
        if (place.folder === folder && each !== '/') names.push(place.base);
      }
    return names;
  }

  /** @returns the first folder that was created; `undefined` if the folder was there */
  #mkdir(path: string, recursive: boolean): string | undefined {
    const folder = absolute(path);
    if (recursive && this.#folders.has(folder)) return undefined;
    if (this.#files.has(folder) || this.#folders.has(folder)) throw failure('EEXIST', 'mkdir', path);
    const first = recursive ? this.#mkdir(placeOf(path).folder, true) : undefined;
    this.#mustHaveRoom('mkdir', path);
    this.#folders.add(folder);
    return first ?? folder;
  }

  /** Its folder must be there. */
  #mustHaveRoom(call: string, path: string): void {
    if (absolute(path) === '' || this.#folders.has(absolute(path))) throw failure('EISDIR', call, path);
    if (!this.#folders.has(placeOf(path).folder)) throw failure('ENOENT', call, path);
  }

  #name(path: string): string {
    const known = this.#names.get(path);
    if (known !== undefined) return known;
    const name = this.#alias(posix.relative(this.#root, absolute(path)) || '.');
    this.#names.set(path, name);
    return name;
  }

  #short(text: string): string {
    const line = this.#alias(this.#shown(text)).replace(/\s+/g, ' ').trim();
    return line.length > 24 ? `${line.slice(0, 23)}…` : line;
  }

  /** Random names are hard to read, and may differ from run to run: they become ~1, ~2 and so on. */
  #alias(text: string): string {
    if (text.length < 8) return text;
    return text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{8,}/g, (random) => {
      const known = this.#aliases.get(random) ?? `~${this.#aliases.size + 1}`;
      this.#aliases.set(random, known);
      return known;
    });
  }
}

/** Where a path leads. */
interface Place {
  absolute: string;
  folder: string;
  base: string;
}

const places = new Map<string, Place>();

/** Thousands of schedules use the same few paths. */
function placeOf(path: string): Place {
  const known = places.get(path);
  if (known !== undefined) return known;
  if (places.size > 10_000) places.clear();
  const absolute = posix.resolve('/', path.replaceAll('\\', '/'));
  const place = { absolute, folder: posix.dirname(absolute), base: posix.basename(absolute) };
  places.set(path, place);
  return place;
}

const absolute = (path: string) => placeOf(path).absolute;

function failure(code: keyof typeof explanations, syscall: string, path: string, dest?: string): NodeJS.ErrnoException {
  const [errno, text] = explanations[code];
  const where = dest === undefined ? `'${path}'` : `'${path}' -> '${dest}'`;
  // Node's errors of the file system have no stack either, and this is made thousands of times.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = new Error(`${code}: ${text}, ${syscall} ${where}`);
  Error.stackTraceLimit = stackTraceLimit;
  return Object.assign(error, { errno, code, syscall, path, ...(dest !== undefined && { dest }) });
}
