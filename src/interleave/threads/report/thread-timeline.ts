import type { Access, Timeline } from '../../report/index.ts';
import type { MemoryLayout, TraceStep } from '../model/index.ts';
import { stepText } from '../model/index.ts';
import { isPlain, Kind, mayWrite } from '../steps/index.ts';
import type { SourceSites } from '../steps/index.ts';

/** Cells of memory up to which a timeline may show all of them. */
const MOST_CELLS = 12;

/**
 * The schedule as lanes, beside the cells of memory that it touches.
 * @param options `everyCell` shows those that it does not touch, too, unless they are many
 */
export function timelineOf(
  trace: readonly TraceStep[],
  layout: MemoryLayout,
  lanes: readonly string[],
  sites: SourceSites,
  { everyCell = false }: { everyCell?: boolean } = {},
): Timeline {
  const cells = shownCells(trace, layout, everyCell);
  const initial = cells.map(({ word, element }) => layout.words[word]!.initial[element]!);
  const rows = trace.map((step, index) => {
    const site = sites.of(step.operation);
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
      ...(site && { places: [{ file: site.file, line: site.line }, ...(site.callers ?? [])] }),
      ...(step.operation.kind !== Kind.PAUSE && !step.timer && { access: accessOf(step, layout) }),
      preemption: step.preemption,
      values: cells.map(({ word, element }) => step.memory[word]![element]!),
    };
  });
  return { lanes, words: cells.map(({ name }) => name), initial, rows };
}

function accessOf({ operation, result, woken }: TraceStep, layout: MemoryLayout): Access {
  const { kind } = operation;
  return {
    word: layout.nameAt(operation.offset),
    reads: kind !== Kind.WRITE && kind !== Kind.STORE && kind !== Kind.NOTIFY,
    writes: kind === Kind.CAS ? result === operation.a : mayWrite(kind),
    plain: isPlain(kind),
    sleeps: kind === Kind.WAIT && result === undefined,
    woke: kind === Kind.NOTIFY ? woken.length : undefined,
  };
}

function shownCells(
  trace: readonly TraceStep[],
  layout: MemoryLayout,
  everyCell: boolean,
): { word: number; element: number; name: string }[] {
  const all = layout.words.flatMap((word, index) =>
    Array.from({ length: word.length }, (_, element) => ({
      word: index,
      element,
      name: layout.nameAt(word.offset + element * word.bytes),
    })),
  );
  if (everyCell && all.length <= MOST_CELLS) return all;
  const touched = new Set(
    trace.filter((step) => step.operation.kind !== Kind.PAUSE).map((step) => layout.nameAt(step.operation.offset)),
  );
  return all.filter(({ name }) => touched.has(name));
}
