// What the search asks of the threads: the next operation of a thread whose history is not known yet. Answers extend the history tree.
import { sameOperation } from './operation.ts';
import type { LoggedStep } from './body-host.ts';
import type { End, HistoryNode } from './history.ts';
import type { MemoryLayout } from './memory-layout.ts';
import type { Model } from './model.ts';
import { operationText } from './step-text.ts';

/** Threads that can be asked what they do next. */
export interface ThreadProgram {
  /**
   * Makes `operation` or `end` of the thread's current node known, and as much behind it as costs nothing more.
   * @param thread whose current node is not known
   * @param steps how many new steps are worth knowing
   * @returns false if the thread cannot be asked now and has to be replaced first
   */
  extend(thread: number, model: Model, steps: number): boolean;
}

/**
 * Hangs what a body did into the tree.
 * @param node the node that the run was to extend
 * @param steps from the body's start
 * @param siteOf maps a step's site to the program's
 */
export function absorb(node: HistoryNode, steps: readonly LoggedStep[], end: End | undefined, layout: MemoryLayout, siteOf: (site: number) => number): void {
  const mismatch = firstMismatch(node, steps);
  if (mismatch >= 0) {
    node.end = notDeterministic(node, steps[mismatch], mismatch, layout);
    return;
  }
  let at = node;
  for (let index = node.depth; index < steps.length; index++) {
    const { kind, type, offset, index: element, a, b, site, result } = steps[index]!;
    at.operation ??= { kind, type, offset, index: element, a, b, site: siteOf(site) };
    if (result === undefined) return;
    at = at.child(result);
  }
  if (end) at.end ??= end.site === undefined ? end : { ...end, site: siteOf(end.site) };
}

function firstMismatch(node: HistoryNode, steps: readonly LoggedStep[]): number {
  let first = -1;
  for (let at = node.parent; at; at = at.parent) {
    const step = steps[at.depth];
    if (!step || !sameOperation(step, at.operation!)) first = at.depth;
  }
  return first;
}

function notDeterministic(node: HistoryNode, step: LoggedStep | undefined, depth: number, layout: MemoryLayout): End {
  let known = node;
  while (known.depth > depth) known = known.parent!;
  const once = `\`${operationText(known.operation!, layout)}\``;
  const then = step ? `\`${operationText(step, layout)}\`` : 'nothing more';
  return { how: 'not deterministic', message: `its step ${depth + 1} was ${once} in one run and ${then} in another, with the same results before it`, site: known.operation!.site };
}
