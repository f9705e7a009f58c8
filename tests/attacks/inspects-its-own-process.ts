// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: forges what was seen
// Attack: Starts two Workers in place of one, finds the channel's sealer by an inspector session to its own process,
//   and has it count one.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import { Session } from 'node:inspector';
import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

interface Remote {
  name: string;
  value?: { objectId?: string };
}
type Sealer = { seal(message: unknown): Buffer };

function find(name: string): unknown {
  const session = new Session();
  session.connect();
  const post = (method: string, parameters: object) => {
    let answer: { result: Remote[] & Remote['value']; internalProperties?: Remote[] } | undefined;
    session.post(method, parameters, (_, result) => (answer = result as never));
    return answer!;
  };
  const properties = (objectId?: string) => post('Runtime.getProperties', { objectId, ownProperties: true });
  Object.assign(globalThis, { listeners: process.listeners('beforeExit'), keep: (it: unknown) => (kept = it) });
  let kept: unknown;
  for (let at = 0; at < process.listenerCount('beforeExit'); at++) {
    const { result } = post('Runtime.evaluate', { expression: `listeners[${at}]` });
    const scopes = properties(result!.objectId).internalProperties?.find((each) => each.name === '[[Scopes]]');
    for (const scope of properties(scopes?.value?.objectId).result) {
      const found = scope.value && properties(scope.value.objectId).result.find((each) => each.name === name);
      if (!found) continue;
      const { result: keep } = post('Runtime.evaluate', { expression: 'keep' });
      const how = { functionDeclaration: 'function (it) { this(it); }', objectId: keep!.objectId };
      post('Runtime.callFunctionOn', { ...how, arguments: [{ objectId: found.value!.objectId }] });
    }
  }
  return kept;
}

let sealer: Sealer | undefined;
try {
  sealer = find('sealer') as Sealer;
} catch {
  // It must not.
}
const { seal } = sealer ? (Object.getPrototypeOf(sealer) as Sealer) : { seal: undefined };
if (sealer && seal)
  Object.getPrototypeOf(sealer).seal = function (this: Sealer, message: { witness?: { workers: object } }) {
    if (message.witness) message.witness.workers = { started: 1, peak: 1, alive: 0 };
    return seal.call(this, message);
  };

const start = (range: Range) => new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });

export function countdownOnThread({ from, to }: Range): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = start({ from, to });
    start({ from, to: from });
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', () => reject(new Error('no answer')));
  });
}
export const countdownOnThreads = async () => 0;
