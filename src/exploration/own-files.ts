// The files that a student writes, by the course's manifest.
import { readFileSync } from 'node:fs';

interface Manifest {
  readonly exercises: readonly { id: string; slug: string; files: { student: readonly string[] } }[];
}

let manifest: Manifest | undefined;

/**
 * @param replayed begins with the number of the exercise: `11 exclusion`
 * @returns whether a file, given as URL or path, is one that the student writes in this exercise
 */
export function ownFiles(replayed: string): (file: string) => boolean {
  manifest ??= JSON.parse(readFileSync(new URL('../../exercises/course.json', import.meta.url), 'utf8')) as Manifest;
  const exercise = manifest.exercises.find(({ id }) => id === replayed.split(' ', 1)[0]);
  return (file) => {
    const [, slug, name] = /[/\\](?:exercises|solutions)[/\\](\d\d-[^/\\]+)[/\\]([^/\\?#]+)/.exec(file) ?? [];
    return (
      slug === exercise?.slug && name !== undefined && exercise !== undefined && exercise.files.student.includes(name)
    );
  };
}
