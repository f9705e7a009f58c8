// An agent: a real Worker with a realm of its own, in which one thread body runs, as often as the search asks.
import { takeCoverage } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { BodyHost, controlBuffer, controlGlobals } from '../bodies/index.ts';
import { ELEMENT_TYPES, viewsOf } from '../steps/index.ts';
import { AgentWire } from './agent-wire.ts';
import { LockstepHost } from './lockstep-host.ts';
import type { OpenMessage, OpenReply } from './messages.ts';
import { Cell, Command, SPINS, State } from './wire-cells.ts';

type ArrayClass = new (...args: unknown[]) => object;

const { Atomics: native } = globalThis;
const port = parentPort!;
const host = new BodyHost();
/** `npm run coverage` runs: Node counts what is executed. */
const counting = process.env['NODE_V8_COVERAGE'] !== undefined;
const restartRandom = controlGlobals(host);
// The code that is explored runs in this thread, and can import and patch what it runs in.
const constructors = Object.fromEntries(
  ELEMENT_TYPES.map((name) => [name, (globalThis as unknown as Record<string, ArrayClass>)[name]!]),
);
for (const { prototype } of [BodyHost, AgentWire, LockstepHost]) Object.freeze(prototype);

// What a body leaves behind (timers, promises) may fail after its run; no verdict hangs on it.
process.on('uncaughtException', () => undefined);
process.on('unhandledRejection', () => undefined);

port.on('message', (message: OpenMessage) => {
  void open(message).then(({ reply, serve }) => {
    port.postMessage(reply);
    serve?.();
  });
});

async function open(message: OpenMessage): Promise<{ reply: OpenReply; serve?: () => void }> {
  let exports: Record<string, unknown>;
  try {
    exports = (await import(message.module)) as Record<string, unknown>;
  } catch (error) {
    return { reply: { opened: false, reason: 'module-load-failed', cause: copyOfError(error) } };
  }
  const body = exports[message.body];
  if (typeof body !== 'function') {
    const exported = Object.keys(exports).filter((name) => typeof exports[name] === 'function');
    return { reply: { opened: false, reason: 'missing-export', exported } };
  }
  return { reply: { opened: true }, serve: () => serve(message, body as (...args: unknown[]) => unknown) };
}

/** Answers requests until the exploration is over. No event loop turns meanwhile. */
function serve(message: OpenMessage, body: (...args: unknown[]) => unknown): void {
  const wire = new AgentWire(message.memoryBytes, message.capacity, message.wire);
  const { cells } = wire;
  const memory = facadesOf(message);
  const call = () => body(memory, ...message.args);
  let known = 0;
  host.sites.clear();
  host.findUncontrolled = watch(message);
  host.onStep = () => void native.add(cells, Cell.PROGRESS, 1);
  host.onAnswer = (answer) => {
    wire.writeAnswer(answer, host.sites.list.slice(known));
    known = host.sites.list.length;
    publish(cells, State.ANSWERED);
  };
  for (;;) {
    awaitRequest(cells);
    const command = cells[Cell.COMMAND];
    if (command === Command.CLOSE) break;
    restartRandom();
    if (command === Command.RUN) {
      host.run(call, wire.readRequest());
      publish(cells, State.IDLE);
    } else runInLockstep(call, new LockstepHost(wire, message.words));
  }
  // An agent ends by being terminated, and reports no coverage then.
  if (counting) takeCoverage();
  publish(cells, State.IDLE);
}

function runInLockstep(call: () => unknown, lockstep: LockstepHost): void {
  host.live = lockstep;
  try {
    call();
  } catch {
    // How it ended is known from the search; here only the steps count.
  }
  host.live = undefined;
  lockstep.end();
}

function publish(cells: Int32Array, state: number): void {
  native.store(cells, Cell.STATE, state);
  native.notify(cells, Cell.STATE);
}

function awaitRequest(cells: Int32Array): void {
  for (let spin = 0; spin < SPINS; spin++) if (native.load(cells, Cell.STATE) === State.REQUESTED) return;
  for (;;) {
    const state = native.load(cells, Cell.STATE);
    if (state === State.REQUESTED) return;
    native.wait(cells, Cell.STATE, state);
  }
}

function facadesOf({ words }: OpenMessage): Record<string, unknown> {
  return Object.fromEntries(
    words.map(({ name, type, offset, length, buffer }) => {
      controlBuffer(buffer, host, offset);
      return [name, new constructors[ELEMENT_TYPES[type]!]!(buffer, 0, length)];
    }),
  );
}

/** While the search runs nobody writes to the real memory; a change of it was made by no step. */
function watch({ words }: OpenMessage): () => string | undefined {
  const watched = words.map(({ name, buffer, type, length }) => {
    const now = viewsOf(buffer)[type] as Int32Array;
    return { name, now, before: Array.from(now), length };
  });
  return () => {
    for (const { name, now, before, length } of watched) {
      for (let at = 0; at < length; at++) {
        if (now[at] === before[at]) continue;
        const element = length > 1 ? `${name}[${at}]` : name;
        const change = `${element} changed from ${before[at]} to ${now[at]} without a visible step`;
        now.set(before);
        return change;
      }
    }
    return undefined;
  };
}

function copyOfError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  return Object.assign(new Error(error.message), {
    name: error.name,
    stack: error.stack,
    code: (error as NodeJS.ErrnoException).code,
  });
}
