// Counts the Workers and child processes that a process starts. Preloaded into the arena's guest and, by execArgv, into
// every Worker in it, so Workers that Workers start count too. Plain JavaScript without imports of its own: each Worker
// loads it. It watches through Node's diagnostics channels and patches no module, so student code meets those it knows.
import { subscribe } from 'node:diagnostics_channel';
import { getEnvironmentData, isMainThread, setEnvironmentData, Worker } from 'node:worker_threads';

// Student code can patch what it shares with this file: what the testimony depends on is taken hold of before.
const { load, store, add, sub, compareExchange } = Atomics;
const { apply, defineProperty } = Reflect;
const { max: atLeast } = Math;
const activeResources = process.getActiveResourcesInfo.bind(process);
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver
const threadIdOf = Object.getOwnPropertyDescriptor(Worker.prototype, 'threadId')?.get;

const key = 'kata:tallies';
const fields = { workers: 0, children: 3 };

/**
 * started, peak, alive of Workers, then of children: one array for all Workers of the process. Student code can reach
 * it, too, and hide what Workers start; not what the main thread starts.
 * @returns {Int32Array}
 */
function talliesOfWorkers() {
  const shared = /** @type {unknown} */ (getEnvironmentData(key));
  if (shared instanceof Int32Array) return shared;
  const fresh = new Int32Array(new SharedArrayBuffer(6 * Int32Array.BYTES_PER_ELEMENT));
  setEnvironmentData(key, /** @type {any} */ (fresh));
  return fresh;
}

const ofWorkers = talliesOfWorkers();
const counts = isMainThread ? new Int32Array(6) : ofWorkers;

/** @param {number} at the first of the three fields */
function born(at) {
  add(counts, at, 1);
  const alive = add(counts, at + 2, 1) + 1;
  for (let peak = load(counts, at + 1); peak < alive;) peak = compareExchange(counts, at + 1, peak, alive);
}

/** @param {number} at the first of the three fields */
const died = (at) => void sub(counts, at + 2, 1);

/**
 * Sees each event of one emitter as it is emitted: a listener could be removed with all others.
 * @param {import('node:events').EventEmitter} emitter
 * @param {(event: unknown) => void} seen
 */
function watch(emitter, seen) {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver
  const { emit } = emitter;
  defineProperty(emitter, 'emit', {
    configurable: true,
    writable: true,
    /** @param {[string, ...unknown[]]} args */
    value(...args) {
      seen(args[0]);
      return apply(emit, emitter, args);
    },
  });
}

let installed = false;

/** Begins to count; a second call changes nothing. */
export function install() {
  if (installed) return;
  installed = true;
  subscribe('worker_threads', (message) => {
    const { worker } = /** @type {{ worker: import('node:worker_threads').Worker }} */ (message);
    born(fields.workers);
    let lives = true;
    watch(worker, (event) => {
      // Anybody can emit 'exit': the thread must be gone, too.
      if (event !== 'exit' || !lives || (threadIdOf && apply(threadIdOf, worker, []) !== -1)) return;
      lives = false;
      died(fields.workers);
    });
  });
  subscribe('child_process', (message) => {
    const { process: child } = /** @type {{ process: import('node:child_process').ChildProcess }} */ (message);
    watch(child, (event) => {
      if (event === 'spawn') born(fields.children);
      else if (event === 'exit' && child.pid !== undefined) died(fields.children);
    });
  });
}

/** Forgets what was counted so far, but for what still lives. */
export function restart() {
  for (const tallies of [counts, ofWorkers])
    for (const at of [fields.workers, fields.children]) {
      const alive = load(tallies, at + 2);
      store(tallies, at, 0);
      store(tallies, at + 1, alive);
    }
}

/** @param {number} at */
const sum = (at) => load(counts, at) + (ofWorkers === counts ? 0 : atLeast(0, load(ofWorkers, at)));

/** @param {number} at */
const tally = (at) => ({ started: sum(at), peak: sum(at + 1), alive: sum(at + 2) });

/** @returns {import('./messages.ts').Witness} */
export function testify() {
  return {
    workers: tally(fields.workers),
    children: tally(fields.children),
    resources: activeResources(),
  };
}

if (process.execArgv.some((each) => each.endsWith('witness.js')) || !isMainThread) install();
