import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const courseRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** A small course in a folder of its own: two exercises, 01-add (tasks Add and Refuse) and 02-double (task Double). */
export interface FixtureCourse {
  /** Absolute. */
  readonly root: string;
  /** Writes a file of the course, path from its root. */
  write(path: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

/** @returns a course that real Vitest runs can judge; give it back with `remove` */
export async function fixtureCourse(): Promise<FixtureCourse> {
  const root = await mkdtemp(join(tmpdir(), 'kata course ü-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  for (const name of ['package.json', 'tsconfig.json', 'vitest.config.ts'])
    await cp(join(courseRoot, name), join(root, name));
  for (const name of ['node_modules', 'src']) await symlink(join(courseRoot, name), join(root, name), 'junction');
  for (const [path, text] of Object.entries(files)) await write(path, text);
  return { root, write, remove: () => rm(root, { recursive: true, force: true }) };
}

/** The right answers, to be written over the skeletons. */
export const answers = {
  add:
    "export function add(a: number, b: number): number {\n  if (Number.isNaN(a)) throw new RangeError('a is " +
    "NaN');\n  return a + b;\n}\n",
  addCarelessly: 'export function add(a: number, b: number): number {\n  return a + b;\n}\n',
  double: 'export const double = (a: number): number => a * 2;\n',
};

export const skeletons = {
  add: `/** Tasks 1 and 2. */
export function add(a: number, b: number): number {
  throw Object.assign(new Error('Not implemented yet'), { code: 'ERR_NOT_IMPLEMENTED' });
}
`,
  given: 'export const one = 1;\n',
  double: `export function double(a: number): number {
  throw Object.assign(new Error('Not implemented yet'), { code: 'ERR_NOT_IMPLEMENTED' });
}
`,
};

const manifest = {
  version: 1,
  exercises: [
    {
      id: '01',
      slug: '01-add',
      title: 'Add numbers',
      chapter: 'Sums',
      minutes: 5,
      files: { student: ['add.ts'], given: ['given.ts'] },
      tasks: [
        { title: 'Add', points: 6 },
        { title: 'Refuse', points: 4 },
      ],
    },
    {
      id: '02',
      slug: '02-double',
      title: 'Double a number',
      chapter: 'Products',
      minutes: 10,
      files: { student: ['double.ts'], given: [] },
      tasks: [{ title: 'Double', points: 10 }],
    },
  ],
};

const files: Record<string, string> = {
  'exercises/course.json': JSON.stringify(manifest, undefined, 2),
  'exercises/01-add/add.ts': skeletons.add,
  'exercises/01-add/given.ts': skeletons.given,
  'exercises/01-add/hints.md':
    '# Hints\n\n## Task 1: Add\n\n### 1 Nudge\nThere is an operator.\n\n### 2 Concept\nThe operator is ' +
    '`+`.\n\n```ts\n## Task 2 stays inside the fence\n```\n\n### 3 Near-code\n`return a + …`\n\n## Task 2: ' +
    'Refuse\n\n### 1 Nudge\nNumber.isNaN.\n',
  'exercises/02-double/double.ts': skeletons.double,
  'solutions/01-add/add.ts': answers.add,
  'solutions/01-add/given.ts': skeletons.given,
  'solutions/01-add/NOTES.md': '# Notes\n',
  'solutions/02-double/double.ts': answers.double,
  'tests/01-add/skeleton.json': JSON.stringify({
    'add.ts': skeletons.add.split('\n'),
    'given.ts': skeletons.given.split('\n'),
  }),
  'tests/02-double/skeleton.json': JSON.stringify({ 'double.ts': skeletons.double.split('\n') }),
  'tests/01-add/add.test.ts': `import { describe, expect, test } from 'vitest';
import { add } from '#kata/01-add/add.ts';
import { finding, isNotImplemented } from '#src/verdict/index.ts';
const named = (run: () => void) => () => {
  try {
    run();
  } catch (error) {
    throw isNotImplemented(error)
      ? finding('not implemented', 'add is not implemented yet.', undefined, { cause: error })
      : error;
  }
};
describe('Task 1: Add', () => {
  test('adds two numbers', named(() => { expect(add(2, 3)).toBe(5); }));
});
describe('Task 2: Refuse', () => {
  test('refuses what is no number', named(() => {
    let told: unknown;
    try { add(NaN, 1); } catch (error) { told = error; }
    if (isNotImplemented(told)) throw told;
    if (!(told instanceof RangeError))
      throw finding('failed', 'add(NaN, 1) must throw a RangeError, and it gave an answer.', 'add(NaN, 1) → NaN');
  }));
});
`,
  'tests/02-double/double.test.ts': `import { describe, expect, test } from 'vitest';
import { double } from '#kata/02-double/double.ts';
import { named } from '#src/verdict/index.ts';
describe('Task 1: Double', () => {
  test('doubles', () => named('not implemented', () => { expect(double(4)).toBe(8); }));
});
`,
};
