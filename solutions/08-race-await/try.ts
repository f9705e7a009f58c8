// Runs your code against an account with random delays, without judging it: npm run kata try 08
import { setTimeout as sleep } from 'node:timers/promises';
import { openAccount } from './account.ts';
import { deposit } from './deposit.ts';
import { withdraw } from './withdraw.ts';

const rounds = 1_000;
/** Rounds in progress at the same time. Each has its own account; one after the other they would take a minute. */
const concurrency = 20;

/** Runs all rounds and prints in how many of them `isRight` resolves to false. */
async function count(title: string, isRight: () => Promise<boolean>): Promise<void> {
  let started = 0;
  let wrong = 0;
  const run = async () => {
    while (started++ < rounds) if (!(await isRight())) wrong++;
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, run));
    print(title, `wrong in ${String(wrong).padStart(4)} of ${rounds} rounds`);
  } catch (error) {
    print(title, String(error));
    process.exitCode = 1;
  }
}

const print = (title: string, text: string) => console.log(`  ${title.padEnd(33)}${text}`);

console.log('Deposits of 50 and 20 into an account with 100: the balance must be 170');
for (const milliseconds of [0, 4, 7, 9]) {
  const title = milliseconds === 0 ? 'both start at the same time' : `B starts ${milliseconds} ms after A`;
  await count(title, async () => {
    const account = openAccount(100);
    const a = deposit(account, 50);
    if (milliseconds > 0) await sleep(milliseconds);
    await Promise.all([a, deposit(account, 20)]);
    return (await account.read()) === 170;
  });
}
await count('B starts when A has ended', async () => {
  const account = openAccount(100);
  await deposit(account, 50);
  await deposit(account, 20);
  return (await account.read()) === 170;
});

console.log('\nTwo withdrawals of 80 from an account with 100: exactly one must be paid');
await count('both start at the same time', async () => {
  const account = openAccount(100);
  const paid = await Promise.all([withdraw(account, 80), withdraw(account, 80)]);
  return paid.filter(Boolean).length === 1 && (await account.read()) === 20;
});
