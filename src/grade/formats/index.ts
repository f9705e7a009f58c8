// The record of `kata grade`, written for other programs.
import type { GradeRecord } from '../record.ts';
import { annotations } from './annotations.ts';
import { classroom } from './classroom.ts';
import { csv } from './csv.ts';
import { exercism } from './exercism.ts';
import { gradescope } from './gradescope.ts';
import { junit } from './junit.ts';
import { prairielearn } from './prairielearn.ts';
import { printableRecord } from './printable.ts';
import { summary } from './summary.ts';

interface Format {
  /** What the program that reads it expects, or a name of ours if it expects none. */
  readonly file: string;
  readonly render: (record: GradeRecord) => string;
}

const format = (file: string, render: Format['render']): Format => ({
  file,
  render: (record) => render(printableRecord(record)),
});

/** All formats by name. No text of the record can break out of any of them. */
export const formats = {
  summary: format('summary.md', summary),
  annotations: format('annotations.txt', annotations),
  classroom: format('classroom.txt', classroom),
  gradescope: format('results.json', gradescope),
  prairielearn: format('results.json', prairielearn),
  exercism: format('results.json', exercism),
  junit: format('junit.xml', junit),
  csv: format('grades.csv', csv),
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
