// The student's side of an arena: a process that loads one module and calls its functions when the referee asks.
// Everything the answer depends on is taken hold of before student code is loaded.
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { takeCoverage } from 'node:v8';
import { Sealer, readFrames } from './channel.ts';
import { encodeError } from './errors.ts';
import { type Reply, type Request, channelDescriptor, keyBytes } from './messages.ts';
import { restart, testify } from './witness.js';

const socket = new Socket({ fd: channelDescriptor, readable: true, writable: true });
const importModule = (specifier: string) => import(specifier) as Promise<Record<string, unknown>>;

/** `npm run coverage` runs: Node counts what is executed. */
const counting = process.env['NODE_V8_COVERAGE'] !== undefined;

let sealer: Sealer;
let subject: Record<string, unknown> = {};

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver
const { write } = Socket.prototype;
const { apply } = Reflect;

const send = (reply: Reply): void => void apply(write, socket, [sealer.seal(reply)]);

/**
 * While student code runs, only its own work keeps the event loop alive; 'beforeExit' then means that nothing is left
 * that could go on.
 */
async function unattended(work: () => Promise<Reply>): Promise<void> {
  socket.unref();
  const reply = await work();
  // A guest ends by being killed, and reports no coverage then.
  if (counting) takeCoverage();
  socket.ref();
  try {
    send(reply);
  } catch (error) {
    // The value cannot be cloned: report that instead.
    send({ kind: 'unclonable', message: String(error), witness: testify() });
  }
}

const serve = {
  load: ({ specifier }) =>
    unattended(async () => {
      try {
        subject = await importModule(specifier);
        return { kind: 'loaded', exports: Object.keys(subject).filter((name) => typeof subject[name] === 'function') };
      } catch (error) {
        return { kind: 'load failed', error: encodeError(error) };
      }
    }),
  call: ({ name, args }) =>
    unattended(async () => {
      restart();
      try {
        const value: unknown = await (subject[name] as (...args: readonly unknown[]) => unknown)(...args);
        return { kind: 'returned', value, witness: testify() };
      } catch (error) {
        return { kind: 'threw', error: encodeError(error), witness: testify() };
      }
    }),
  drain: () => void socket.unref(),
  ping: () => send({ kind: 'pong', witness: testify() }),
} satisfies { [Kind in Request['kind']]: (request: Extract<Request, { kind: Kind }>) => void | Promise<void> };

process.on('beforeExit', () => {
  const witness = testify();
  // Anybody can emit 'beforeExit'. The pipes are the channel and the output.
  if (witness.resources.some((each) => each !== 'PipeWrap')) return;
  socket.ref();
  send({ kind: 'idle', witness });
});
// The last word of a process that is about to die must not wait for the event loop.
process.on('uncaughtExceptionMonitor', (error, origin) => {
  writeSync(channelDescriptor, sealer.seal({ kind: 'uncaught', error: encodeError(error), origin } satisfies Reply));
});
// A referee that is gone needs no guest.
socket.on('close', () => process.exit());
socket.on('error', () => process.exit());

socket.once('readable', () => {
  const key = socket.read(keyBytes) as Buffer;
  sealer = new Sealer(key);
  readFrames(
    socket,
    new Sealer(key),
    (message) => {
      const request = message as Request;
      void (serve[request.kind] as (request: Request) => void | Promise<void>)(request);
    },
    () => process.exit(),
  );
  send({ kind: 'ready' });
});
