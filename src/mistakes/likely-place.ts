import type { Check } from '#src/suite/index.ts';
import type { Mistake } from './mistake.ts';
import { similarity, wordsOf } from './shape.ts';

/** A student's file: its name, and its text. */
export type Sources = ReadonlyMap<string, string>;

export interface Place {
  /** From the exercise's folder. */
  file: string;
  /** From 1. */
  line: number;
}

/** From 0 to 1: what a line must have in common with a line of the mistake to be shown. */
const goodLine = 0.5;

/** @returns the line in the student's files that is most like the lines of a known mistake */
export function placeOfMistake({ places }: Mistake, sources: Sources): Place | undefined {
  const found = places.flatMap(({ file, lines }) =>
    linesOf(sources.get(file)).flatMap(({ text, line }) =>
      lines.map((wrong) => ({
        file,
        line,
        score: text === wrong.trim() ? 2 : similarity(wordsOf(text), wordsOf(wrong)),
      })),
    ),
  );
  const best = found.filter(({ score }) => score >= goodLine).sort((a, b) => b.score - a.score)[0];
  return best && { file: best.file, line: best.line };
}

/** @returns the exported function that a failure speaks of, or else the first one that there is */
export function placeOfFunction({ sentence = '', title }: Check, sources: Sources): Place | undefined {
  const exported = [...sources].flatMap(([file, text]) =>
    linesOf(text).flatMap((each) => {
      const name = /^export (?:default )?(?:async )?(?:function\*?|const|class) ([\p{ID_Continue}$]+)/u.exec(
        each.text,
      )?.[1];
      return name === undefined ? [] : [{ file, line: each.line, name }];
    }),
  );
  const spoken = wordsOf(`${title} ${sentence}`);
  const named = spoken.map((word) => exported.find(({ name }) => name === word)).find((each) => each !== undefined);
  const found = named ?? exported[0];
  return found && { file: found.file, line: found.line };
}

const linesOf = (text = ''): { text: string; line: number }[] =>
  text.split('\n').flatMap((each, at) => (each.trim() === '' ? [] : [{ text: each.trim(), line: at + 1 }]));
