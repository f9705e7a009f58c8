import type { Bar } from '#src/drawing/browser/bar-drawing.js';

/** A line of `barChart` (src/speedup): `yours      ████▌      0.84 s  1.93×`. */
const barLine = /^(?<label>\S.*?) +[█▏▎▍▌▋▊▉]* +(?<seconds>\d+\.\d{2}) s(?: {2}(?<speedup>\d+\.\d{2})×)?$/;

/** @returns the bars of a speed chart, or undefined if the evidence has none */
export function barsIn(evidence: string): Bar[] | undefined {
  const bars = evidence.split('\n').flatMap((line): Bar[] => {
    const { label, seconds, speedup } = barLine.exec(line)?.groups ?? {};
    if (label === undefined) return [];
    return [{ label, seconds: Number(seconds), ...(speedup === undefined ? {} : { speedup: Number(speedup) }) }];
  });
  return bars.length === 0 ? undefined : bars;
}
