// What an executor learned from a run of a body goes into the thread's history.
import { sameOperation } from '../steps/index.ts';
import type { LoggedStep, RunAnswer } from '../steps/index.ts';
import type { HistoryNode } from './history.ts';
import type { MemoryLayout } from './memory-layout.ts';
import type { Model } from './model.ts';
import { operationText } from './step-text.ts';

/**
 * The history whose run shows the source positions of all steps that a thread has done so far, and of the one that it
 * is about to do or sleeps in. Undefined where they are known, since they are found for the whole way from the root.
 */
export function nodeToLocate(thread: number, model: Model): HistoryNode | undefined {
  const node = model.nodes[thread]!;
  const last = node.operation ? node : node.parent;
  return last?.operation?.located === undefined ? last : undefined;
}

/** Puts the source positions of a located run into the tree. */
export function setSites(node: HistoryNode, steps: readonly LoggedStep[], siteOf: (site: number) => number): void {
  for (let at: HistoryNode | undefined = node; at; at = at.parent) {
    const step = steps[at.depth];
    if (step && at.operation && sameOperation(step, at.operation)) at.operation.located = siteOf(step.site);
  }
}

/**
 * Hangs what a body did into the tree.
 * @param node the node that the run was to extend
 * @param siteOf maps a step's site to the program's
 * @returns false if the body did not replay the node's history
 */
export function growHistory(
  node: HistoryNode,
  { steps, hash, replayed, end }: RunAnswer,
  siteOf: (site: number) => number,
): boolean {
  if (hash !== node.hash || replayed !== node.depth) return false;
  let at = node;
  for (const step of steps) {
    if (!at.operation) {
      step.site = siteOf(step.site);
      at.operation = step;
    }
    if (step.result === undefined) return true;
    at = at.child(step.result);
  }
  if (end) at.end ??= end.site === undefined ? end : { ...end, site: siteOf(end.site) };
  return true;
}

/** Says of a node that its history cannot be replayed, and where it differs. @param steps a located run */
export function markNotDeterministic(node: HistoryNode, steps: readonly LoggedStep[], layout: MemoryLayout): void {
  let known: HistoryNode | undefined;
  for (let at = node.parent; at; at = at.parent) {
    const step = steps[at.depth];
    if (!step || !sameOperation(step, at.operation!)) known = at;
  }
  const message = known
    ? `its step ${known.depth + 1} was \`${operationText(known.operation!, layout)}\` in one run and ` +
      `${shown(steps[known.depth], layout)} in another, with the same results before it`
    : 'its steps were not the same in two runs, with the same results before it';
  node.end = { how: 'not deterministic', message };
}

function shown(step: LoggedStep | undefined, layout: MemoryLayout): string {
  return step ? `\`${operationText(step, layout)}\`` : 'nothing';
}
