import { h, type ElementTree } from '#src/drawing/browser/element.js';
import { signs } from './browser/signs.js';
import type { ClassData } from './class-data.ts';
import type { ClassMisconception } from './misconceptions.ts';
import type { Cell, PageExercise, PageStudent } from './page-data.ts';

const attainableIn = (exercises: readonly PageExercise[]): number =>
  exercises.reduce((sum, each) => sum + each.attainable, 0);

const hidden = (text: string): ElementTree => h('span', { class: 'hidden' }, text);

/** @returns the table of students and exercises */
export function matrix({ exercises, students }: ClassData): ElementTree {
  const attainable = attainableIn(exercises);
  return h(
    'table',
    { id: 'matrix' },
    h('caption', { class: 'hidden' }, 'Points and verdicts: a row for each student, a column for each exercise'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        sortable('name', 'Student', [], 'ascending'),
        sortable('points', 'Points', [`of ${attainable}`]),
        exercises.map(({ id, title }, at) => sortable(String(at), id, [title])),
      ),
      h(
        'tr',
        { class: 'averages' },
        h('th', { scope: 'row' }, 'Average'),
        h('td', {}, average(students.map(({ points }) => points))),
        exercises.map((exercise, at) =>
          h('td', {}, average(students.map(({ cells }) => cells[at]?.points ?? null)), ` of ${exercise.attainable}`),
        ),
      ),
    ),
    h(
      'tbody',
      {},
      students.map((student, at) => row(exercises, student, at)),
    ),
  );
}

const sortable = (column: string, label: string, more: string[], sorted?: 'ascending'): ElementTree =>
  h(
    'th',
    { scope: 'col', 'aria-sort': sorted, 'data-column': column },
    h(
      'button',
      { type: 'button', class: 'sort' },
      h('b', {}, label),
      more.map((text) => [' ', h('span', {}, text)]),
    ),
  );

function row(exercises: readonly PageExercise[], student: PageStudent, at: number): ElementTree {
  const name = h('th', { scope: 'row' }, h('bdi', {}, student.name));
  if (student.problem !== undefined)
    return h(
      'tr',
      { 'data-student': at },
      name,
      h('td', { class: 'problem', colspan: exercises.length + 1 }, sign('fault'), ` ${student.problem}`),
    );
  return h(
    'tr',
    { 'data-student': at },
    name,
    h('td', { class: 'sum' }, String(student.points ?? '')),
    exercises.map((exercise, column) => cell(student.cells[column] ?? null, exercise, at, column)),
  );
}

function cell(of: Cell | null, { attainable }: PageExercise, student: number, exercise: number): ElementTree {
  if (!of) return h('td', {}, hidden('not graded'));
  const points = of.points === null ? 'no points' : `${of.points}/${attainable}`;
  return h(
    'td',
    { class: of.standing },
    h(
      'button',
      { type: 'button', 'data-open': `${student} ${exercise}`, 'aria-haspopup': 'dialog' },
      sign(of.standing),
      h('b', {}, points),
      ' ',
      h('span', {}, of.verdict),
    ),
  );
}

const sign = (standing: Cell['standing']): ElementTree =>
  h('i', { class: 'sign', 'aria-hidden': 'true' }, signs[standing]);

const average = (points: readonly (number | null)[]): string => {
  const known = points.filter((each) => each !== null);
  return known.length === 0
    ? ''
    : (known.reduce((sum, each) => sum + each, 0) / known.length).toFixed(1).replace('.0', '');
};

/** @returns the numbers above the table */
export function totals({ exercises, students }: ClassData): ElementTree {
  const judged = students.filter(({ points }) => points !== null);
  const attainable = attainableIn(exercises);
  const sorted = judged.map(({ points }) => points ?? 0).sort((one, other) => one - other);
  const median = sorted.length === 0 ? 0 : (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  const full = judged.filter(({ points }) => points === attainable).length;
  const facts: [string, string][] = [
    [students.length === 1 ? 'student' : 'students', String(students.length)],
    [exercises.length === 1 ? 'exercise' : 'exercises', String(exercises.length)],
    [`average of ${attainable} points`, average(judged.map(({ points }) => points)) || '–'],
    [`median of ${attainable} points`, String(median)],
    ['full marks', String(full)],
    ...(judged.length < students.length
      ? [['not judged', String(students.length - judged.length)] satisfies [string, string]]
      : []),
  ];
  return h(
    'dl',
    { class: 'totals' },
    facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

/** @returns for each exercise the misconceptions with the students who show them */
export function misconceptions(
  { slugs, exercises, students }: ClassData,
  found: ReadonlyMap<string, readonly ClassMisconception[]>,
): ElementTree {
  const known = slugs.flatMap((slug, at) => {
    const entries = found.get(slug);
    return entries ? [{ at, exercise: exercises[at]!, entries }] : [];
  });
  return h(
    'section',
    { 'aria-labelledby': 'misconceptions' },
    h('h2', { id: 'misconceptions' }, 'Misconceptions'),
    known.length === 0
      ? h('p', {}, 'No failure looks like a known misconception.')
      : h('p', { class: 'lead' }, 'Failures that look like a known mistake, the most frequent first.'),
    known.map(({ at, exercise, entries }) => [
      h('h3', {}, `${exercise.id} ${exercise.title}`),
      h(
        'ol',
        { class: 'misconceptions' },
        entries.map((entry) =>
          h(
            'li',
            {},
            h(
              'p',
              {},
              h('b', { class: 'count' }, count(entry.students.length, 'student')),
              ' ',
              h('span', {}, entry.misconception),
            ),
            h(
              'ul',
              { class: 'who' },
              entry.students.map((student) =>
                h(
                  'li',
                  {},
                  h(
                    'button',
                    { type: 'button', 'data-open': `${student} ${at}`, 'aria-haspopup': 'dialog' },
                    h('bdi', {}, students[student]!.name),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ]),
  );
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** @returns how often each verdict was given to an exercise of a student */
export function verdictCounts({ students }: ClassData): ElementTree {
  const counts = new Map<string, number>();
  const all = students.flatMap(({ cells }) => cells.flatMap((each) => (each ? [each.verdict] : [])));
  for (const verdict of all) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const sorted = [...counts].sort(([one, first], [other, second]) => second - first || (one < other ? -1 : 1));
  return h(
    'section',
    { 'aria-labelledby': 'verdicts' },
    h('h2', { id: 'verdicts' }, 'Verdicts'),
    h('p', { class: 'lead' }, 'How often each verdict was given to an exercise. Select one to search for it.'),
    h(
      'table',
      { class: 'counts' },
      h(
        'thead',
        {},
        h('tr', {}, h('th', { scope: 'col' }, 'Verdict'), h('th', { scope: 'col' }, 'Exercises'), h('td', {})),
      ),
      h(
        'tbody',
        {},
        sorted.map(([verdict, times]) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, h('button', { type: 'button', 'data-search': verdict }, verdict)),
            h('td', { class: 'number' }, String(times)),
            h('td', {}, share(times / all.length)),
          ),
        ),
      ),
    ),
  );
}

const share = (of: number): ElementTree =>
  h(
    'svg',
    { class: 'share', width: 160, height: 8, 'aria-hidden': 'true' },
    h('rect', { width: 160, height: 8, rx: 4, class: 'track' }),
    h('rect', { width: Math.max(2, Math.round(160 * of)), height: 8, rx: 4, class: 'bar' }),
  );
