import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import type { Exercise } from '#src/course/index.ts';
import { codeFolders, hashOfImportedFiles, isCode } from '#src/guide/index.ts';

/** Editors save in several steps (a draft, a rename): changes this close together are one save. Milliseconds. */
const burst = 40;
/** Milliseconds between two looks at the files themselves. */
const lookPeriod = 1_000;

export interface Watcher {
  /** Settles once the next change will be seen. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Watches all code that the exercise may import: its own folder, with files that the student adds, those of the
 * exercises that it builds on, and exercises/shared/.
 * @param root the course's folder, absolute
 * @param saved is called after each burst of changes, with the names of the files: `split.ts`, `../shared/pool.ts`
 */
export function watchExercise(root: string, exercise: Exercise, saved: (names: readonly string[]) => void): Watcher {
  const own = join(root, 'exercises', exercise.slug);
  const folders = codeFolders(exercise).map((slug) => join(root, 'exercises', slug));
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  // A file that is just being replaced cannot be read.
  const hash = () => hashOfImportedFiles(root, exercise).catch(() => undefined);
  let known = hash();
  let suspected: string | undefined;
  /** @param isTrusted tells what differs at once; otherwise the second look does: an event is faster */
  const look = async (isTrusted: boolean): Promise<void> => {
    const [before, now] = await Promise.all([known, hash()]);
    if (closed || timer !== undefined) return;
    const differs = now !== undefined && now !== before;
    const isMissed = differs && (isTrusted || now === suspected);
    suspected = differs ? now : undefined;
    if (!isMissed) return;
    known = Promise.resolve(now);
    saved([]);
  };
  // Now and then, a file that is replaced on a busy machine causes no event.
  const looking = setInterval(() => void look(false), lookPeriod).unref();
  const watcher = watch(folders, {
    ignoreInitial: true,
    ignored: (path) => /[/\\](node_modules|\.[^/\\]*)$/.test(path),
  }).on('all', (event, path) => {
    const name = relative(own, path).replaceAll(sep, '/');
    if (event.endsWith('Dir') || !isCode(path.slice(root.length))) return;
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const names = [...changed];
      changed.clear();
      timer = undefined;
      known = hash();
      saved(names);
    }, burst);
  });
  // A folder that cannot be watched leaves the key r.
  watcher.on('error', () => undefined);
  return {
    // What was saved while the watcher started has caused no event.
    ready: new Promise<void>((resolve) => watcher.once('ready', resolve)).then(() => look(true)),
    async close() {
      closed = true;
      clearInterval(looking);
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
