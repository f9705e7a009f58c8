import { readdir } from 'node:fs/promises';
import { KataError } from '#src/course/index.ts';
import { whyUnusable } from '#src/grade/index.ts';

/** What a folder of submissions holds: names, sorted. */
export interface FoundStudents {
  readonly students: readonly string[];
  /** Hidden folders, files and links. */
  readonly ignored: readonly string[];
}

/** One machine's part of a class. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/**
 * @param folder holds one folder per student
 * @throws {KataError} where it cannot be read, or holds no student
 */
export async function findStudents(folder: string): Promise<FoundStudents> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new KataError(texts.unusable(folder, whyUnusable(error)));
  });
  // Names that are no Unicode are shown with replacement characters, and may look the same.
  const names = (of: typeof entries) => [...new Set(of.map(({ name }) => name))].sort();
  const isStudent = (entry: (typeof entries)[number]) => entry.isDirectory() && !isHidden(entry.name);
  const students = names(entries.filter(isStudent));
  if (students.length === 0) throw new KataError(texts.unusable(folder, 'it holds no folder'));
  return { students, ignored: names(entries.filter((entry) => !isStudent(entry))) };
}

/** macOS puts what it knows of the files in a zip archive into a folder `__MACOSX`. */
export const isHidden = (name: string): boolean => name.startsWith('.') || name === '__MACOSX';

/** @throws {KataError} where `text` is not like 3/20 */
export function parseShard(text: string): Shard {
  const [, number = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (number < 1 || number > of) throw new KataError(texts.noShard(text));
  return { number, of };
}

/** @returns every n-th student, so that the shards differ by one student at most; all students without a shard */
export const inShard = (students: readonly string[], shard: Shard | undefined): readonly string[] =>
  shard === undefined ? students : students.filter((_, at) => at % shard.of === shard.number - 1);

const texts = {
  unusable: (folder: string, reason: string) =>
    `"${folder}" holds no submissions: ${reason}. Give a folder with one folder per student in it, as in: ` +
    'npm run kata grade -- --submissions ../handed-in --out ../results',
  noShard: (given: string) =>
    `--shard must be like 3/20, the third of twenty parts, with a number from 1 to the count of parts, got "${given}".`,
};
