import { createRequire } from 'node:module';

/** One standard change to one file of a reference. */
export interface Mutation {
  /** The student's file, from the exercise's folder. */
  file: string;
  /** Where it begins, from 1. */
  line: number;
  /** The kind of change, in Stryker's words: `EqualityOperator`, `BlockStatement` … */
  operator: string;
  /** The line in which it begins, before and after, without indentation. */
  before: string;
  after: string;
  /** The whole file with the change. */
  text: string;
}

/** What is used of @stryker-mutator/instrumenter. Its own types need packages that this repository does not list. */
interface StrykerInstrumenter {
  instrument: (
    files: readonly { name: string; content: string; mutate: true }[],
    options: { ignorers: []; excludedMutations: []; plugins: null; noHeader: true },
  ) => Promise<{ mutants: readonly StrykerMutant[] }>;
}

interface StrykerMutant {
  mutatorName: string;
  replacement: string;
  /** Lines and columns from 0. */
  location: { start: Position; end: Position };
}

interface Position {
  line: number;
  column: number;
}

/** Their replacements may bind more loosely than what they replace. */
const inParentheses = new Set(['ArithmeticOperator', 'EqualityOperator', 'LogicalOperator']);

/**
 * Applies StrykerJS's operators to a file, each alone.
 * @param file the name, which says that it is TypeScript
 * @returns what each makes of the file, from top to bottom, no text twice
 */
export async function mutationsOf(file: string, content: string): Promise<Mutation[]> {
  const options = { ignorers: [], excludedMutations: [], plugins: null, noHeader: true } as const;
  const files = [{ name: file, content, mutate: true }] as const;
  const { mutants } = await createInstrumenter().instrument(files, { ...options, ignorers: [], excludedMutations: [] });
  const found = new Map<string, Mutation>();
  for (const mutant of mutants) {
    const mutation = applied(file, content, mutant);
    if (mutation.text !== content && !found.has(mutation.text)) found.set(mutation.text, mutation);
  }
  return [...found.values()].sort((one, other) => one.line - other.line);
}

function createInstrumenter(): StrykerInstrumenter {
  // It loads Babel, which takes seconds: only when it is needed.
  const { Instrumenter } = createRequire(import.meta.url)('@stryker-mutator/instrumenter') as {
    Instrumenter: new (logger: object) => StrykerInstrumenter;
  };
  const silent = () => undefined;
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
  return new Instrumenter({
    ...Object.fromEntries(levels.map((level) => [level, silent])),
    isDebugEnabled: () => false,
  });
}

function applied(file: string, content: string, { mutatorName, replacement, location }: StrykerMutant): Mutation {
  const [start, end] = [offsetOf(content, location.start), offsetOf(content, location.end)];
  const inserted = inParentheses.has(mutatorName) ? `(${replacement})` : replacement;
  const text = content.slice(0, start) + inserted + content.slice(end);
  const lineStart = content.lastIndexOf('\n', start - 1) + 1;
  return {
    file,
    line: location.start.line + 1,
    operator: mutatorName,
    before: lineFrom(content, lineStart, start),
    after: lineFrom(text, lineStart, start + inserted.length),
    text,
  };
}

function offsetOf(content: string, { line, column }: Position): number {
  let offset = 0;
  for (let passed = 0; passed < line; passed++) offset = content.indexOf('\n', offset) + 1;
  return offset + column;
}

/** @returns the text from `start` to the end of the line in which `least` lies, in one line */
function lineFrom(text: string, start: number, least: number): string {
  const end = text.indexOf('\n', least);
  return text
    .slice(start, end < 0 ? undefined : end)
    .replace(/\s+/g, ' ')
    .trim();
}
