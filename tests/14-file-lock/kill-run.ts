// Kills at least as many processes on real files as one asks for, and checks what they leave. Longer than the suite's
// own runs, for whoever changes the lock: node --conditions solutions --import ./src/loader/register.js
// tests/14-file-lock/kill-run.ts 500
import { crashRun } from './crash-run.ts';

const wanted = Number(process.argv[2] ?? 500);
let seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
let [kills, holding, rounds] = [0, 0, 0];

while (kills < wanted) {
  for (const processes of [2, 4, 8]) {
    const run = await crashRun(processes, 30, ++seed);
    kills += run.kills;
    holding += run.holding;
    rounds += run.reported;
    const sound = run.intruders === 0 && run.wrong.length === 0 && !run.stalled && run.left.length <= 1;
    console.log(
      `${processes} processes, seed ${seed}: ${run.kills} kills, ${run.reported} rounds, ` +
        `${run.left.length} files left, ${sound ? 'sound' : JSON.stringify(run)}`,
    );
    if (!sound) process.exitCode = 1;
  }
}
console.log(`${kills} processes killed, ${holding} of them from outside with the lock; ${rounds} rounds in all`);
