import { loadCourse } from '#src/course/index.ts';

/**
 * A Worker that computes answers nobody, so it cannot be asked where it is.
 * @param specifier a module of an exercise, or of its suite
 * @returns the names of the student's files that run in Workers or child processes of that exercise
 */
export async function workerFiles(specifier: string): Promise<string[]> {
  const [, slug] = /[/\\](\d\d-[^/\\]+)[/\\][^/\\]+$/.exec(specifier) ?? [];
  if (slug === undefined) return [];
  const { exercises } = await loadCourse(process.cwd());
  const own = exercises.find((each) => each.slug === slug)?.files.student ?? [];
  return own.filter((name) => /\.(?:worker|child|process)\.ts$/.test(name));
}
