// Runs in the student's process, inside the arena. Each scenario imports the modules that it needs, so a module that
// doesn't load fails the checks of its own task only.
import { once } from 'node:events';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Cloned } from '#kata/02-memory/cloning-experiments.ts';
import type { Collected } from '#kata/02-memory/collecting-experiments.ts';
import type { Target } from '#kata/02-memory/send.ts';
import type { Sent } from '#kata/02-memory/sending-experiments.ts';
import { rethrowNotImplemented } from '#src/verdict/index.ts';

/** What happened in each experiment. Undefined where this runtime doesn't collect on request. */
export type Happened<Outcome> = Record<string, Outcome | undefined>;

/** The student's predictions as they are, right or wrong, complete or not. */
export async function predictions(): Promise<Record<string, unknown>> {
  return { ...(await import('#kata/02-memory/predictions.ts')) };
}

export async function happensInSending(): Promise<Happened<Sent>> {
  const { runSending, sendingExperiments } = await import('#kata/02-memory/sending-experiments.ts');
  return each(sendingExperiments, runSending);
}

export async function happensInCloning(): Promise<Happened<Cloned>> {
  const { runCloning, cloningExperiments } = await import('#kata/02-memory/cloning-experiments.ts');
  return each(cloningExperiments, runCloning);
}

export async function happensInCollecting(): Promise<Happened<Collected>> {
  const { runCollecting, collectingExperiments } = await import('#kata/02-memory/collecting-experiments.ts');
  return each(collectingExperiments, runCollecting);
}

async function each<Name extends string, Outcome>(
  experiments: Record<Name, unknown>,
  run: (name: Name) => Outcome | Promise<Outcome>,
): Promise<Record<string, Outcome>> {
  const happened: Record<string, Outcome> = {};
  for (const name of Object.keys(experiments) as Name[]) happened[name] = await run(name);
  return happened;
}

export type SendFunction = 'sendCopy' | 'sendAway' | 'sendShared';

/** What was seen while a function sent an array, and after the receiver had overwritten one of its numbers. */
export interface SendReport {
  messages: number;
  /** What the message is: `Int32Array`, `ArrayBuffer`, … */
  kind: string;
  received: number[];
  /** How many of the numbers around the sender's came along in the buffer of the received array. */
  neighbors: number;
  /** Bytes of the buffers that the received and the sender's array are in. */
  bytes: { received: number; sender: number };
  /** The numbers in the array at the moment when it was posted. */
  posted: number[];
  /** The sender's array and what is around it in its buffer, at the end. */
  sender: number[];
  around: number[];
  /** Whether the function returned an Int32Array, and what was in it before and after the receiver wrote. */
  returned: { before: number[]; after: number[] } | undefined;
  /** The receiver's array after the sender wrote -1 to the last place of what the function returned. */
  receivedAtEnd: number[];
}

/** A detached array can't be iterated. It has no numbers. */
const contents = (array: Int32Array | undefined): number[] => (array && array.length > 0 ? [...array] : []);

/** What the receiver writes to the first place. */
export const written = 4_711;
/** What stands before and behind the sender's numbers in their buffer. */
export const neighbor = 987_654;

/** Where the numbers are: how many others lie before and behind them in their buffer, and whether that is shared. */
export interface Place {
  before?: number;
  behind?: number;
  shared?: boolean;
}

/** Calls a function of send.ts. @throws {Error} one that names it, from the same place, if it throws */
function calling<T>(name: SendFunction, run: () => T): T {
  try {
    return run();
  } catch (error) {
    rethrowNotImplemented(error);
    const hint =
      error instanceof RangeError ? ' The size of a buffer is in bytes: an Int32Array has 4 for a number.' : '';
    const failure = new Error(`${name} threw ${String(error)}.${hint}`);
    throw Object.assign(failure, error instanceof Error ? { stack: error.stack } : {});
  }
}

/** Lets a function send numbers to a port of this process. */
export async function send(
  name: SendFunction,
  numbers: readonly number[],
  { before = 0, behind = 0, shared = false }: Place = {},
): Promise<SendReport> {
  const functions = await import('#kata/02-memory/send.ts');
  const length = before + numbers.length + behind;
  const whole = new Int32Array(shared ? new SharedArrayBuffer(4 * length) : new ArrayBuffer(4 * length));
  whole.fill(neighbor).set(numbers, before);
  const sender = whole.subarray(before, before + numbers.length);
  const bytes = whole.byteLength;
  const { port1, port2 } = new MessageChannel();
  let posted: number[] = [];
  const target: Target = {
    postMessage(value: unknown, ...transfer: []) {
      posted = contents(value instanceof Int32Array ? value : undefined);
      port1.postMessage(value, ...transfer);
    },
  };
  try {
    const returned: unknown = calling(name, () => functions[name](target, sender as Int32Array<ArrayBuffer>));
    const messages: unknown[] = [];
    for (let next = receiveMessageOnPort(port2); next; next = receiveMessageOnPort(port2)) messages.push(next.message);
    const [message] = messages;
    const array = message instanceof Int32Array ? message : new Int32Array();
    const received = contents(array);
    const own = returned instanceof Int32Array ? returned : undefined;
    const returnedBefore = contents(own);
    const neighbors = contents(new Int32Array(array.buffer)).filter((each) => each === neighbor).length;
    array[0] = written;
    const after = contents(own);
    if (own) own[own.length - 1] = -1;
    return {
      messages: messages.length,
      kind: message?.constructor.name ?? String(message),
      received,
      neighbors,
      bytes: { received: array.buffer.byteLength, sender: bytes },
      posted,
      sender: contents(sender),
      around: contents(whole).filter((_, at) => at < before || at >= before + numbers.length),
      returned: own && { before: returnedBefore, after },
      receivedAtEnd: contents(array),
    };
  } finally {
    port1.close();
  }
}

/** @returns how many bytes were allocated for buffers while an array of `bytes` was sent away */
export async function allocatedToSendAway(bytes: number): Promise<number> {
  const { sendAway } = await import('#kata/02-memory/send.ts');
  const sender = new Int32Array(bytes / Int32Array.BYTES_PER_ELEMENT);
  const { port1, port2 } = new MessageChannel();
  const used = () => process.memoryUsage().arrayBuffers;
  const before = used();
  let most = 0;
  const look = () => void (most = Math.max(most, used() - before));
  const target: Target = {
    postMessage(value: unknown, ...transfer: []) {
      look();
      port1.postMessage(value, ...transfer);
    },
  };
  try {
    sendAway(target, sender);
    receiveMessageOnPort(port2);
    look();
    return most;
  } finally {
    port1.close();
  }
}

/** Sends numbers to a real Worker, which overwrites the first one with 100. Returns the sender's array afterwards. */
export async function sendToWorker(name: SendFunction, numbers: readonly number[]): Promise<number[]> {
  const functions = await import('#kata/02-memory/send.ts');
  const file = import.meta.resolve('#kata/02-memory/overwrite.worker.ts');
  const worker = new Worker(new URL(file));
  try {
    const sender = Int32Array.from(numbers);
    const answer = once(worker, 'message');
    const returned = functions[name](worker, sender);
    await answer;
    return contents(returned ?? sender);
  } finally {
    await worker.terminate();
  }
}
