import type { Timeline } from '../../report/index.ts';
import type { MemoryLayout, TraceStep } from '../model/index.ts';
import { stepText } from '../model/index.ts';
import { Kind } from '../steps/index.ts';
import type { SourceSites } from '../steps/index.ts';

/** More memory cells than this are shown only if the schedule touches them. */
const CELLS_SHOWN = 8;

/** The schedule as lanes. */
export function timelineOf(
  trace: readonly TraceStep[],
  layout: MemoryLayout,
  lanes: readonly string[],
  sites: SourceSites,
): Timeline {
  const cells = shownCells(trace, layout);
  const initial = cells.map(({ word, element }) => layout.words[word]!.initial[element]!);
  const rows = trace.map((step, index) => {
    const site = sites.list[step.operation.site];
    return {
      step: index + 1,
      lane: step.thread,
      text: stepText(
        step.operation,
        step.result,
        step.timer,
        step.woken.map((thread) => lanes[thread]!),
        layout,
      ),
      file: site?.file,
      line: site?.line,
      preemption: step.preemption,
      values: cells.map(({ word, element }) => step.memory[word]![element]!),
    };
  });
  return { lanes, words: cells.map(({ name }) => name), initial, rows };
}

function shownCells(
  trace: readonly TraceStep[],
  layout: MemoryLayout,
): { word: number; element: number; name: string }[] {
  const all = layout.words.flatMap((word, index) =>
    Array.from({ length: word.length }, (_, element) => ({
      word: index,
      element,
      name: layout.nameAt(word.offset + element * word.bytes),
    })),
  );
  if (all.length <= CELLS_SHOWN) return all;
  const touched = new Set(
    trace.filter((step) => step.operation.kind !== Kind.PAUSE).map((step) => layout.nameAt(step.operation.offset)),
  );
  return all.filter(({ name }) => touched.has(name));
}
