// A separate program: starts an item on each of two pools of the student and exits while they run.
import { ProcessPool } from '#kata/07-process-pool/process-pool.ts';
import { mark, marked } from '../support/pool-board.ts';
import type { Order, Place } from '../support/pool-task.ts';

const [, , board = '', how = ''] = process.argv;
const items = ['first', 'second'].map(async (own) => {
  const pool = new ProcessPool<Order, unknown>(new URL('../support/pool-task.ts', import.meta.url), 1);
  const { pid } = (await pool.run({ do: 'where' })) as Place;
  mark(board, `pid ${pid}`);
  void pool.run({ do: how === 'spin' ? 'deaf spin' : 'wait forever', board, own });
  await marked(board, own);
});
await Promise.all(items);
// The end of one pool changes nothing for the others.
await new ProcessPool(new URL('../support/pool-task.ts', import.meta.url), 1).close();
process.exit(0);
