/**
 * A Worker that computes answers nobody, so it cannot be asked where it is.
 * @param specifier a module of an exercise, or of its suite
 * @returns the names of the student's files that run in Workers or child processes of that exercise
 */
export async function workerFiles(specifier: string): Promise<string[]> {
  const [, slug] = /[/\\](\d\d-[^/\\]+)[/\\][^/\\]+$/.exec(specifier) ?? [];
  if (slug === undefined) return [];
  // Only a call that hangs comes here, and the manifest's schema takes a tenth of a second to load.
  const { loadCourse } = await import('#src/course/index.ts');
  const { exercises } = await loadCourse(process.cwd());
  const own = exercises.find((each) => each.slug === slug)?.files.student ?? [];
  return own.filter((name) => /\.(?:worker|child|process)\.ts$/.test(name));
}
