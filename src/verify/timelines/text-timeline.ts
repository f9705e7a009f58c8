import type { ShownTimeline } from '#src/interleave/index.ts';

/** What stands before the lanes of a row: a mark, the step or a dot, another mark. */
const head = /^(?<preempts>[⇄ ])(?<step>(?= {0,3}[\d·])[ \d·]{4})(?<cause>[► ])(?: |$)/;
const margin = 7;
const leftOut = /^ {7}… (.*) …$/;
const place = /^[\w.-]*:\d+$/;

/**
 * Reads a timeline from the lines of a terminal: the inverse of what `kata replay` prints.
 * @param text of which the timeline may be a part; its threads or tasks have names of one letter
 * @returns undefined where the text has none
 */
export function textTimeline(text: string): ShownTimeline | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => head.test(line));
  const [names, initial] = [lines[first - 2], lines[first - 1]];
  if (names === undefined || initial === undefined) return undefined;
  const columns = tokensOf(names);
  const laneCount = columns.findIndex(({ text }) => !/^[A-Z]$/.test(text));
  const lanes = columns.slice(0, laneCount < 0 ? columns.length : laneCount);
  const words = columns.slice(lanes.length);
  if (lanes.length === 0) return undefined;

  const end = lines.findIndex((line, at) => at > first && !head.test(line) && !leftOut.test(line));
  const rows = lines.slice(first, end < 0 ? lines.length : end).map((line): ShownTimeline['rows'][number] => {
    const [, gap] = leftOut.exec(line) ?? [];
    if (gap !== undefined) return { leftOut: gap };
    const { preempts, step = '', cause } = head.exec(line)?.groups ?? {};
    const tokens = tokensOf(line);
    const values = words.map((word) => valueUnder(word, tokens));
    const others = tokens.filter((token) => !words.some((word) => word.end === token.end));
    const where = others.find((token, at) => at > 0 && place.test(token.text));
    const [did] = others;
    return {
      ...(step.trim() === '·' ? {} : { step: Number(step) }),
      lane: Math.max(0, did ? lanes.findLastIndex(({ start }) => start <= did.start) : 0),
      text: did?.text ?? '',
      ...(where ? { place: where.text } : {}),
      values,
      ...(preempts === '⇄' ? { preempts: true as const } : {}),
      ...(cause === '►' ? { cause: true as const } : {}),
    };
  });
  return {
    lanes: lanes.map(({ text }) => text),
    words: words.map(({ text }) => text),
    initial: words.map((word) => valueUnder(word, tokensOf(initial))),
    rows,
  };
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** @returns what stands in the columns, which are two spaces or more apart */
const tokensOf = (line: string): Token[] =>
  [...line.slice(margin).matchAll(/\S+(?: \S+)*/g)].map(({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));

/** Values end where the name of their column ends. */
const valueUnder = ({ end }: Token, tokens: readonly Token[]): string =>
  tokens.find((token) => token.end === end)?.text ?? '';
