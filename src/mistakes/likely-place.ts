import type { Check } from '#src/suite/index.ts';
import type { Mistake } from './mistake.ts';
import { similarity, wordsOf } from './shape.ts';

/** A student's file: its name, and its text. */
export type Sources = ReadonlyMap<string, string>;

export interface Place {
  /** From the exercise's folder. */
  file: string;
  /** From 1; left out where no line of the file is known to matter. */
  line?: number;
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
  // A mistake brings imports and types along. They are in right answers, too.
  const isTelling = (line: string) => hasWords(line) && !declaration.test(line);
  const areStatements = places.some(({ lines }) => lines.some(isTelling));
  const found = places.flatMap(({ file, lines, around }) => {
    const all = linesOf(sources.get(file));
    const wrongLines = lines.filter(hasWords);
    const same = wrongLines.every((wrong) => all.some(({ text }) => text === wrong));
    const telling = areStatements ? lines.filter(isTelling) : wrongLines;
    return (areStatements ? statementsOf(sources.get(file)) : all).flatMap(({ text, line }) => {
      const likeness = Math.max(0, ...telling.map((wrong) => likenessOf(text, wrong)));
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
function likenessOf(text: string, wrong: string): number {
  if (text === wrong) return 2;
  // The head of a function has its name and its types in common with every version of the function.
  return exportedName.test(text) ? 0 : similarity(wordsOf(text), wordsOf(wrong));
}

const hasWords = (line: string): boolean => wordsOf(line).length > 0;

/** The start of an exported function, class or constant. */
const exportedName = /^export (?:default )?(?:async )?(?:function\*?|const|class) ([\p{ID_Continue}$]+)/u;

/** The start of a method. */
const methodName =
  /^(?:static |async |\*)*(?!(?:if|for|while|switch|catch|with|return|super)\b)([\p{ID_Continue}$]+)\(.*\{$/u;

/** The start of a function inside another one. */
const innerName = /^(?:const ([\p{ID_Continue}$]+) = (?:async )?|(?:async )?function ([\p{ID_Continue}$]+))\(/u;

interface Start extends Required<Place> {
  name: string;
}

/** @returns the property that a failure speaks of as a student would write it: `predictions().both`, `answers.both` */
export function placeOfProperty({ sentence = '' }: Check, sources: Sources): Place | undefined {
  const exported = startsOf(exportedName, sources);
  for (const [, name, key] of sentence.matchAll(/([\p{ID_Continue}$]+)(?:\(\))?\.([\p{ID_Continue}$]+)/gu)) {
    const start = exported.find((each) => each.name === name);
    const own = linesOf(start && sources.get(start.file)).find(
      ({ line, text }) => start !== undefined && line > start.line && text.startsWith(`${key}:`),
    );
    if (start && own) return { file: start.file, line: own.line };
  }
  return undefined;
}

/**
 * @param skeleton the student's files as they were at the beginning: their comments name the tasks
 * @returns the file or function that a failure speaks of
 */
export function placeOfWords(
  { sentence = '', title, task }: Check,
  sources: Sources,
  skeleton: Sources,
): Place | undefined {
  const text = `${title} ${sentence}`;
  const file = [...sources.keys()].find((name) => text.includes(name));
  if (file !== undefined) {
    const [, line] = text.slice(text.indexOf(file) + file.length).match(/^:(\d+)/) ?? [];
    return { file, ...(line === undefined ? firstLoop(sources.get(file)) : { line: Number(line) }) };
  }
  const exported = startsOf(exportedName, sources);
  // Many words are names of methods by chance, so a method must be called by its name: `acquire()`.
  const called = [...`${sentence} ${title}`.matchAll(/([\p{ID_Continue}$]+)\(/gu)].map(([, name]) => name);
  const all = [...exported, ...startsOf(methodName, sources), ...startsOf(innerName, sources)];
  const first = (words: readonly (string | undefined)[], places: readonly Start[]) =>
    words.map((word) => places.find(({ name }) => name === word)).find((each) => each !== undefined);
  // A word may name a function by chance, too: nothing that only a later task asks for can be meant.
  const begun = exported.filter(({ file }) => {
    const numbers = tasksOf(skeleton.get(file));
    return numbers.length === 0 || numbers.some((number) => number <= task);
  });
  const found = first(called, all) ?? first(wordsOf(text), begun);
  if (found === undefined) return undefined;
  // Where a file has one function, its first line says no more than the file's name.
  const isOnly = exported.includes(found) && exported.filter((each) => each.file === found.file).length === 1;
  return { file: found.file, ...(!isOnly && { line: found.line }) };
}

/**
 * @param skeleton the student's files as they were at the beginning: their comments name the tasks
 * @returns the file of the task, or of the last one before it that a comment names; the first file where none does
 */
export function placeOfTask({ task }: Check, skeleton: Sources): Place | undefined {
  const named = [...skeleton].flatMap(([file, text]) =>
    tasksOf(text).flatMap((number) => (number <= task ? [{ file, number }] : [])),
  );
  const last = Math.max(...named.map(({ number }) => number));
  const file = named.find(({ number }) => number === last)?.file ?? [...skeleton.keys()][0];
  return file === undefined ? undefined : { file };
}

/** @returns the numbers of the tasks that a file's comments name; of `Tasks 2 to 4` only the first */
const tasksOf = (text: string | undefined): number[] =>
  linesOf(text)
    .filter((each) => comment.test(each.text))
    .flatMap((each) => [...each.text.matchAll(/\btasks? (\d+)/gi)].map(([, number]) => Number(number)));

/** @returns the first loop of a file */
function firstLoop(text: string | undefined): { line?: number } {
  const found = statementsOf(text).find((each) => /^(?:for|while|do)\b/.test(each.text));
  return found ? { line: found.line } : {};
}

const startsOf = (pattern: RegExp, sources: Sources): Start[] =>
  [...sources].flatMap(([file, text]) =>
    linesOf(text).flatMap((each) => {
      const name = pattern
        .exec(each.text)
        ?.slice(1)
        .find((group) => group !== undefined);
      return name === undefined ? [] : [{ file, line: each.line, name }];
    }),
  );

interface Line {
  readonly text: string;
  readonly line: number;
}

const linesOf = (text = ''): Line[] =>
  text.split('\n').flatMap((each, at) => (each.trim() === '' ? [] : [{ text: each.trim(), line: at + 1 }]));

/** The start of an import or a type. */
const declaration = /^(?:import|(?:export )?(?:declare )?(?:interface|type)) /;
const comment = /^(?:\/\/|\/?\*)/;

/** @returns the lines that do something: without imports, types and comments */
function statementsOf(text: string | undefined): Line[] {
  let depth = 0;
  let isDeclared = false;
  return linesOf(text).filter(({ text: each }) => {
    if (comment.test(each)) return false;
    const wasDeclared = (isDeclared ||= declaration.test(each));
    if (!isDeclared) return true;
    depth += each.split('{').length - each.split('}').length;
    if (depth <= 0 && /[;}]$/.test(each)) isDeclared = false;
    return !wasDeclared;
  });
}
