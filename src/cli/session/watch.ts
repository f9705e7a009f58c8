import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import type { Exercise } from '#src/course/index.ts';
import { codeFolders, hashOfImportedFiles, isCode } from '#src/guide/index.ts';

/** Editors save in several steps (a draft, a rename): changes this close together are one save. Milliseconds. */
const burst = 40;

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
      saved(names);
    }, burst);
  });
  // A folder that cannot be watched leaves the key r.
  watcher.on('error', () => undefined);
  const before = hashOfImportedFiles(root, exercise);
  let closed = false;
  return {
    ready: new Promise<void>((resolve) => watcher.once('ready', resolve)).then(async () => {
      // What was saved while the watcher started has caused no event.
      if ((await before) !== (await hashOfImportedFiles(root, exercise)) && !closed) saved([]);
    }),
    async close() {
      closed = true;
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
