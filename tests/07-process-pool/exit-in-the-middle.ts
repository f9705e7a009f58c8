// A separate program: makes calls on several pools of the student, and exits while their items are under way.
import type { ChildProcess } from 'node:child_process';
import { ProcessPool } from '#kata/07-process-pool/process-pool.ts';
import { mark, marked } from '../support/pool-board.ts';
import type { Order } from '../support/pool-task.ts';
import { settled } from '../support/pool-types.ts';
import { watchStarted } from '../support/started.ts';
import type { AtExit } from './scenarios.ts';

const [, , board = ''] = process.argv;
const started = watchStarted() as ChildProcess[];
const poolOf = (size: number, module = '../support/pool-task.ts') =>
  new ProcessPool<Order, unknown>(new URL(module, import.meta.url), size);
const pidsByState = new Map<AtExit, number[]>();
/** Labels each process started since the last label with what it will be doing at the exit. */
const labelNew = (state: AtExit) => {
  const known = [...pidsByState.values()].flat();
  const pids = started.flatMap(({ pid }) => (pid === undefined || known.includes(pid) ? [] : [pid]));
  pidsByState.set(state, pids);
};
process.once('exit', () => {
  // A pool may start its processes in a later step. Then none of them can stay behind.
  labelNew('starting');
  for (const [state, pids] of pidsByState) for (const pid of pids) mark(board, `${state} ${pid}`);
});

void poolOf(1).run({ do: 'wait forever', board, own: 'waits' });
await marked(board, 'waits');
labelNew('waiting');
void poolOf(1).run({ do: 'deaf spin', board, own: 'computes' });
await marked(board, 'computes');
labelNew('computing');
const failing = poolOf(2).map([
  { do: 'deaf spin', board, own: 'goes on' },
  { do: 'meet', board, own: 'beside it', others: ['goes on'] },
  { do: 'throw', what: 'null' },
]);
await settled(failing);
labelNew('failed');
const closing = poolOf(1);
void closing.run({ do: 'deaf spin', board, own: 'closes' });
await marked(board, 'closes');
labelNew('closing');
void closing.close();
const unused = ['one', 'another'].map(() => poolOf(1, '../support/never-ready.task.ts'));
// The end of one pool changes nothing for the others.
await poolOf(1).close();
// The exit comes as soon as both have been started, before they have loaded anything.
const before = started.length;
for (const pool of unused) void pool.run({ do: 'where' });
for (let steps = 0; steps < 100 && started.length < before + 2; steps++) await Promise.resolve();
process.exit(0);
