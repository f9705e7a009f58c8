// The agent's side of a run on real memory: before each step it waits for the grant, then does the step with the real
// Atomics. Sleeping is the exception: from outside nobody can see whether a thread in a futex has fallen asleep yet. So
// a sleeper waits for its grant instead, and the explorer keeps the queue, first come, first served, as ECMAScript
// prescribes.
import { ABANDON } from '../bodies/index.ts';
import { Kind, viewsOf, Woken } from '../steps/index.ts';
import type { IntegerArray, StepHost, Value } from '../steps/index.ts';
import type { AgentWire } from './agent-wire.ts';
import type { SharedWord } from './messages.ts';
import { Cell, State } from './wire-cells.ts';

const { Atomics: native } = globalThis;

interface RealWord {
  readonly from: number;
  readonly views: readonly IntegerArray[];
}

/** Does steps on real shared memory, one grant each. */
export class LockstepHost implements StepHost {
  readonly #wire: AgentWire;
  readonly #words: readonly RealWord[];
  #aborted = false;

  constructor(wire: AgentWire, words: readonly SharedWord[]) {
    this.#wire = wire;
    this.#words = words.map(({ offset, buffer }) => ({ from: offset, views: viewsOf(buffer) }));
  }

  step(kind: number, type: number, offset: number, index: number, a: Value, b: Value): Value {
    if (this.#aborted) throw ABANDON;
    const wire = this.#wire;
    wire.writePending({ kind, type, offset, index, a, b, site: -1, result: undefined });
    this.#publish(State.PENDING);
    const granted = wire.readCell();
    const result = this.#perform(kind, type, offset, a, b, granted);
    wire.writeCell(result);
    return result;
  }

  /** Tells that the body is over. */
  end(): void {
    native.store(this.#wire.cells, Cell.STATE, State.ENDED);
    native.notify(this.#wire.cells, Cell.STATE);
  }

  #publish(state: number): void {
    const { cells } = this.#wire;
    native.store(cells, Cell.STATE, state);
    native.notify(cells, Cell.STATE);
    while (native.load(cells, Cell.STATE) === state) native.wait(cells, Cell.STATE, state);
    if (native.load(cells, Cell.STATE) === State.ABORTED) {
      this.#aborted = true;
      throw ABANDON;
    }
  }

  #perform(kind: number, type: number, offset: number, a: Value, b: Value, granted: Value | undefined): Value {
    if (kind === Kind.PAUSE) return 0;
    if (kind === Kind.NOTIFY) return granted ?? 0;
    const word = this.#words.findLast(({ from }) => from <= offset)!;
    const view = word.views[type] as Int32Array;
    const at = (offset - word.from) / view.BYTES_PER_ELEMENT;
    if (kind === Kind.WAIT) return this.#sleep(view, at, a, b);
    return access(kind, view, at, a as number, b as number);
  }

  #sleep(view: Int32Array, at: number, expected: Value, timeout: Value): Value {
    if (native.load(view, at) !== expected) return Woken.NOT_EQUAL;
    if (timeout === 0) return Woken.TIMED_OUT;
    this.#wire.writeCell(undefined);
    this.#publish(State.SLEEPING);
    return this.#wire.readCell() ?? Woken.OK;
  }
}

/** The real access. */
function access(kind: number, view: Int32Array, at: number, a: number, b: number): Value {
  switch (kind) {
    case Kind.READ:
      return view[at]!;
    case Kind.WRITE:
      return (view[at] = a);
    case Kind.LOAD:
      return native.load(view, at);
    case Kind.STORE:
      return native.store(view, at, a);
    case Kind.ADD:
      return native.add(view, at, a);
    case Kind.SUB:
      return native.sub(view, at, a);
    case Kind.AND:
      return native.and(view, at, a);
    case Kind.OR:
      return native.or(view, at, a);
    case Kind.XOR:
      return native.xor(view, at, a);
    case Kind.EXCHANGE:
      return native.exchange(view, at, a);
    default:
      return native.compareExchange(view, at, a, b);
  }
}
