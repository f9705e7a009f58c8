// What is known of one thread. A body is a deterministic function of the results of its visible steps, so the list of
// results so far is its whole local state. The lists form a tree: a node is a history, and holds the operation that
// comes next, or how the body ended.
import { changedNothing, foundBy, Kind, leftBy, mixed, touchesMemory, Woken } from '../steps/index.ts';
import type { End, Operation, Value } from '../steps/index.ts';

/** Fruitless repeats in a row from which a thread counts as a spinner that yields. */
const SPIN = 4;
/** Steps of the longest round that a spinner may repeat, such as `add`, and `sub` to take it back. */
const ROUND = 4;

/** A thread after a certain list of results. */
export class HistoryNode {
  readonly id: number;
  readonly history: History;
  readonly parent: HistoryNode | undefined;
  /** The result that led here from the parent. */
  readonly result: Value;
  /** Length of the list of results. */
  readonly depth: number;
  /** Consecutive steps that repeated an earlier one and changed nothing, alone or as a round. */
  readonly repeats: number;
  /**
   * The step that led here was a yield: Atomics.pause, a timeout met again, or the SPINth repeat of a read, or of a
   * round that takes back what it changes.
   */
  readonly yields: boolean;
  /** Of all operations on the way here: a run that replays this history must come to the same. */
  readonly hash: number;
  /** The step that comes next; undefined while unknown and at the end. */
  operation: Operation | undefined = undefined;
  end: End | undefined = undefined;
  /** Depth of the node behind this thread's last own change: repeats are sought from there on. */
  readonly #window: number;
  #lastResult: Value | undefined = undefined;
  #lastChild: HistoryNode | undefined = undefined;
  /** Made with the second child: most nodes have one. */
  #children: Map<Value, HistoryNode> | undefined = undefined;

  constructor(history: History, parent: HistoryNode | undefined, result: Value) {
    this.history = history;
    this.parent = parent;
    this.result = result;
    this.id = history.nodes.length;
    history.nodes.push(this);
    this.depth = parent ? parent.depth + 1 : 0;
    const operation = parent?.operation;
    this.hash = parent && operation ? mixed(parent.hash, operation) : 0;
    if (!parent || !operation) {
      this.repeats = 0;
      this.yields = false;
      this.#window = 0;
      return;
    }
    const fruitless = changedNothing(operation, result);
    this.#window = fruitless ? parent.#window : this.depth;
    const again = fruitless ? parent.#hasDone(operation, result) : this.#repeatsRound();
    if (operation.kind === Kind.PAUSE) {
      this.repeats = parent.repeats + 1;
      this.yields = true;
    } else if (operation.kind === Kind.NOTIFY) {
      this.repeats = fruitless ? parent.repeats : 0;
      this.yields = false;
    } else {
      this.repeats = again ? parent.repeats + 1 : 0;
      this.yields = again && (this.repeats >= SPIN || (operation.kind === Kind.WAIT && result === Woken.TIMED_OUT));
    }
    if (this.yields) history.spins = true;
  }

  /** The node after `result`, made at first use. */
  child(result: Value): HistoryNode {
    if (result === this.#lastResult) return this.#lastChild!;
    let child = this.#children?.get(result);
    if (!child) {
      child = new HistoryNode(this.history, this, result);
      if (this.#lastChild)
        (this.#children ??= new Map<Value, HistoryNode>([[this.#lastResult!, this.#lastChild]])).set(result, child);
    }
    this.#lastResult = result;
    this.#lastChild = child;
    return child;
  }

  /** The results that lead here, oldest first. */
  results(): Value[] {
    const results = new Array<Value>(this.depth);
    for (let node = this as HistoryNode; node.parent; node = node.parent) results[node.depth - 1] = node.result;
    return results;
  }

  #hasDone(operation: Operation, result: Value): boolean {
    for (let node = this as HistoryNode; node.parent && node.depth > this.#window; node = node.parent)
      if (isSameStep(node.parent.operation!, node.result, operation, result)) return true;
    return false;
  }

  /** Whether the last steps repeat those before them one by one, and leave the memory as they found it. */
  #repeatsRound(): boolean {
    let before = this.parent?.parent;
    for (let steps = 2; steps <= ROUND && before && this.depth >= 2 * steps; steps++, before = before.parent)
      if (this.#repeatsFrom(before, steps) && this.#takesBack(steps)) return true;
    return false;
  }

  #repeatsFrom(before: HistoryNode, steps: number): boolean {
    let earlier = before;
    let node = this as HistoryNode;
    for (let step = 0; step < steps; step++, earlier = earlier.parent!, node = node.parent!)
      if (!isSameStep(earlier.parent!.operation!, earlier.result, node.parent!.operation!, node.result)) return false;
    return true;
  }

  /** Whether, by their results, the last steps leave all memory as they found it, and woke nobody. */
  #takesBack(steps: number): boolean {
    const words = new Map<number, { found: Value | undefined; left: Value }>();
    let node = this as HistoryNode;
    for (let step = 0; step < steps; step++, node = node.parent!) {
      const operation = node.parent!.operation!;
      if (touchesMemory(operation.kind)) {
        // From the last step to the first: what the last one left, what the first one found.
        const left = words.get(operation.offset)?.left ?? leftBy(operation, node.result);
        words.set(operation.offset, { found: foundBy(operation, node.result), left });
      } else if (!changedNothing(operation, node.result)) return false;
    }
    return [...words.values()].every(({ found, left }) => found === left);
  }
}

const isSameStep = (one: Operation, oneResult: Value, other: Operation, otherResult: Value): boolean =>
  one.kind === other.kind && one.offset === other.offset && oneResult === otherResult && sameSite(one.site, other.site);

/** The first of several fruitless steps has no site, since most of them stay alone. */
function sameSite(one: number, other: number): boolean {
  return one === other || one < 0 || other < 0;
}

/** The tree of one thread. */
export class History {
  /** By id. */
  readonly nodes: HistoryNode[] = [];
  readonly root: HistoryNode;
  /** Whether any node yields: until then the fair scheduler has nothing to do. */
  spins = false;

  constructor() {
    this.root = new HistoryNode(this, undefined, 0);
  }
}
