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

/** Lines above and below in which the neighbors of a mistake are looked for. */
const neighborhood = 4;

/**
 * @returns the line in the student's files that is most like the lines of a known mistake, neighbors included;
 *   `same` where the student wrote all of these lines
 */
export function placeOfMistake({ places }: Mistake, sources: Sources): { place: Place; same: boolean } | undefined {
  const found = places.flatMap(({ file, lines, around }) => {
    const all = linesOf(sources.get(file));
    const same = lines.filter(hasWords).every((wrong) => all.some(({ text }) => text === wrong));
    return all.flatMap(({ text, line }) => {
      const likeness = Math.max(0, ...lines.filter(hasWords).map((wrong) => lineLikeness(text, wrong)));
      if (likeness < goodLine) return [];
      const near = all.filter((each) => Math.abs(each.line - line) <= neighborhood).map((each) => each.text);
      const neighbors = around.filter(hasWords);
      const met = neighbors.filter((each) => near.includes(each)).length / Math.max(1, neighbors.length);
      return [{ place: { file, line }, same, score: likeness + met }];
    });
  });
  const best = found.sort((one, other) => other.score - one.score)[0];
  return best && { place: best.place, same: best.same };
}

/** @returns from 0 to 2; 2 for the very same line */
const lineLikeness = (text: string, wrong: string): number =>
  text === wrong ? 2 : similarity(wordsOf(text), wordsOf(wrong));

const hasWords = (line: string): boolean => wordsOf(line).length > 0;

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
