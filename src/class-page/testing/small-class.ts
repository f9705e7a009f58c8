import type { ExerciseRecord, GradedStudent } from '#src/grade/index.ts';
import type { Check, CheckTimeline } from '#src/suite/index.ts';
import { exercise, failedCheck, gradeRecord, records, task } from '#src/testing/grade-record.ts';

export const timeline: CheckTimeline = {
  lanes: ['A', 'B'],
  words: ['count'],
  initial: ['0'],
  rows: [
    { step: 1, lane: 0, text: 'read count → 0', place: ':7', values: ['0'] },
    { step: 2, lane: 1, text: 'read count → 0', values: ['0'], preempts: true, cause: true },
    { leftOut: 'the same 3 times more' },
    { step: 6, lane: 0, text: 'write count ← 1', values: ['1'] },
  ],
};

const chart = 'sequential ████████████████████ 1.62 s\nyours      ██████████           0.81 s  2.00×';

/** @returns a student with these exercises */
export const graded = (student: string, ...exercises: ExerciseRecord[]): GradedStudent => ({
  student,
  fingerprint: '',
  record: gradeRecord(...exercises),
  sources: Object.fromEntries(exercises.map(({ slug }) => [slug, { 'bank.ts': 'let count = 0;\ncount++;\n' }])),
});

/** @returns an exercise of one task with 4 points, whose check failed */
export const failing = (id: string, changes: Partial<Check> = {}): ExerciseRecord =>
  exercise(id, [task(1, [failedCheck('1.1', changes)])]);

export const passing = (id: string): ExerciseRecord =>
  exercise(id, [task(1, [failedCheck('1.1', { state: 'passed', verdict: 'passed', mistake: undefined })])]);

export const references = {
  '01-bank': { 'bank.ts': 'let count = 0;\ncount += 1;\n' },
  '02-bank': { 'bank.ts': 'let count = 0;\ncount += 1;\n' },
};

/** What would run a script, end the data or hide what stands beside it, if it were taken for more than text. */
export const hostileTexts = [
  '<img src=x onerror="document.title=1">',
  '</script><script>document.title=1</script>',
  '<!--<script>',
  '${document.title=1}{{constructor.constructor("document.title=1")()}}',
  'line\u2028separator\u2029and \u202egnirts\u202c',
  '" autofocus onfocus="document.title=1',
  "'-alert(1)-'",
  '__proto__',
  '&lt;b&gt; ]]> \\u003c',
];

/** A class with a schedule, a chart, a fault, a folder that cannot be judged, and hostile names. */
export const smallClass: readonly GradedStudent[] = [
  graded('Grace Hopper', passing('01'), failing('02', { timeline })),
  graded('Ada Lovelace', passing('01'), passing('02')),
  graded(
    'Alan Turing',
    failing('01', { verdict: 'sequential in disguise', evidence: chart, mistake: undefined }),
    failing('02'),
  ),
  { student: 'Barbara Liskov', fingerprint: '', record: null, problem: 'The folder is empty.', sources: {} },
  { student: 'Tony Hoare', fingerprint: '', record: records.faultOfOne, sources: {} },
  ...hostileTexts.map((text) =>
    graded(
      text,
      failing('01', { title: text, sentence: text, evidence: text, mistake: { name: text, misconception: text } }),
    ),
  ),
];
