import { closest, distance } from 'fastest-levenshtein';
import type { Course, Exercise } from './course-schema.ts';
import { KataError } from './kata-error.ts';

/**
 * @param name `03`, `3`, `03-countdown-threads`, `countdown-threads`, or any beginning of these that fits one exercise
 * only; or the path of a file in its folder, as an editor names it: `exercises/03-countdown-threads/split.ts`
 * @throws {KataError} names the nearest exercises where none or several fit
 */
export function findExercise(course: Course, name: string): Exercise {
  const wanted = name
    .trim()
    .toLowerCase()
    .replace(/^(\.[/\\])?(exercises|solutions|tests)[/\\]/, '')
    .replace(/[/\\]+$/, '');
  const [folder, ...inside] = wanted.split(/[/\\]/);
  const exact = course.exercises.find((exercise) =>
    inside.length > 0 ? exercise.slug === folder : namesOf(exercise).includes(wanted),
  );
  if (exact) return exact;
  const beginning =
    wanted === ''
      ? []
      : course.exercises.filter((exercise) => namesOf(exercise).some((each) => each.startsWith(wanted)));
  const [only] = beginning;
  if (only && beginning.length === 1) return only;
  if (beginning.length > 1)
    throw new KataError(`"${name}" fits several exercises: ${slugs(beginning)}. Give more of the name.`);
  if (folders.test(name.trim())) throw new KataError(texts.otherFolder(name, course));
  if (/[/\\]|^\./.test(wanted))
    throw new KataError(
      `"${name}" is no exercise. Does it belong to an option? npm takes what begins with a dash for itself: put -- ` +
        'before the first option, as in npm run kata grade 03 -- --submission ../handed-in',
    );
  const [first, last] = [course.exercises[0], course.exercises.at(-1)];
  if (/^\d+$/.test(wanted) && first && last)
    throw new KataError(`There is no exercise "${name}". The exercises are ${first.id} to ${last.id}.`);
  throw new KataError(
    `There is no exercise "${name}". Nearest: ${slugs(nearest(course, wanted))}. All of them: npm run kata list`,
  );
}

/** What an editor passes as the folder of a file that belongs to no exercise. */
const folders = /^(\.|(\.[/\\])?(exercises|solutions|tests|src|docs)([/\\].*)?)$/;

const texts = {
  otherFolder: (name: string, { exercises: [first] }: Course) =>
    `"${name}" is not the folder of an exercise. Open a file of an exercise first` +
    (first ? `, for example exercises/${first.slug}/${first.files.student[0]}.` : '.'),
};

const namesOf = ({ id, slug }: Exercise): string[] => [id, String(Number(id)), slug, slug.slice(id.length + 1)];

function nearest(course: Course, wanted: string): Exercise[] {
  const far = (exercise: Exercise) => {
    const names = namesOf(exercise);
    return distance(closest(wanted, names), wanted);
  };
  return course.exercises
    .map((exercise) => ({ exercise, far: far(exercise) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ exercise }) => exercise);
}

const slugs = (exercises: readonly Exercise[]): string => exercises.map(({ slug }) => slug).join(', ');
