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

/** The start of an exported function, class or constant. */
const exportedName = /^export (?:default )?(?:async )?(?:function\*?|const|class) ([\p{ID_Continue}$]+)/u;

/** The start of a method. */
const methodName =
  /^(?:static |async |\*)*(?!(?:if|for|while|switch|catch|with|return|super)\b)([\p{ID_Continue}$]+)\(.*\{$/u;

/** The start of a function inside another one. */
const innerName = /^(?:const ([\p{ID_Continue}$]+) = (?:async )?|(?:async )?function ([\p{ID_Continue}$]+))\(/u;

/** @returns the function that a failure speaks of, or else the first exported one that there is */
export function placeOfFunction({ sentence = '', title }: Check, sources: Sources): Place | undefined {
  const starts = (pattern: RegExp) =>
    [...sources].flatMap(([file, text]) =>
      linesOf(text).flatMap((each) => {
        const name = pattern
          .exec(each.text)
          ?.slice(1)
          .find((group) => group !== undefined);
        return name === undefined ? [] : [{ file, line: each.line, name }];
      }),
    );
  const exported = starts(exportedName);
  // Many words are names of methods by chance, so a method must be called by its name: `acquire()`.
  const called = [...`${sentence} ${title}`.matchAll(/([\p{ID_Continue}$]+)\(/gu)].map(([, name]) => name);
  const all = [...exported, ...starts(methodName), ...starts(innerName)];
  const first = (words: readonly (string | undefined)[], places: typeof exported) =>
    words.map((word) => places.find(({ name }) => name === word)).find((each) => each !== undefined);
  const found = first(called, all) ?? first(wordsOf(`${title} ${sentence}`), exported) ?? exported[0];
  return found && { file: found.file, line: found.line };
}

const linesOf = (text = ''): { text: string; line: number }[] =>
  text.split('\n').flatMap((each, at) => (each.trim() === '' ? [] : [{ text: each.trim(), line: at + 1 }]));
