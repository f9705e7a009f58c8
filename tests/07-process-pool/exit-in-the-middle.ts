// A separate program: starts items on pools of the student and exits while they run.
import type { ChildProcess } from 'node:child_process';
import { ProcessPool } from '#kata/07-process-pool/process-pool.ts';
import { mark, marked } from '../support/pool-board.ts';
import type { Order } from '../support/pool-task.ts';
import { settled } from '../support/pool-types.ts';
import { watchStarted } from '../support/started.ts';

const [, , board = '', how = ''] = process.argv;
const started = watchStarted() as ChildProcess[];
process.once('exit', () => {
  for (const { pid } of started) if (pid !== undefined) mark(board, `pid ${pid}`);
});
const poolOf = (size: number, module = '../support/pool-task.ts') =>
  new ProcessPool<Order, unknown>(new URL(module, import.meta.url), size);

if (how === 'start') {
  // As soon as the processes have been started, so none has loaded anything yet.
  for (let pools = 0; pools < 2; pools++) void poolOf(1, '../support/never-ready.task.ts').run({ do: 'where' });
  for (let steps = 0; steps < 100 && started.length < 2; steps++) await Promise.resolve();
  process.exit(0);
}

const endless = how === 'spin' ? 'deaf spin' : 'wait forever';
const items = ['first', 'second'].map(async (own) => {
  void poolOf(1).run({ do: endless, board, own });
  await marked(board, own);
});
// A call that has failed while another one of its items goes on.
const failing = poolOf(2).map([
  { do: endless, board, own: 'third' },
  { do: 'meet', board, own: 'beside third', others: ['third'] },
  { do: 'throw', what: 'null' },
]);
await Promise.all([...items, settled(failing)]);
// The end of one pool changes nothing for the others.
await poolOf(1).close();
process.exit(0);
