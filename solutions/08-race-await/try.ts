// Your code without the explorer, as it would run at work: npm run kata try 08
import { openAccount } from './account.ts';
import { deposit } from './deposit.ts';
import { withdraw } from './withdraw.ts';

const rounds = 200;

/** Runs `attempt` again and again, prints in how many rounds it went wrong. */
async function count(title: string, attempt: () => Promise<boolean>): Promise<void> {
  const start = performance.now();
  const results = await Promise.all(Array.from({ length: rounds }, attempt));
  const wrong = results.filter((right) => !right).length;
  console.log(
    `${title}\n  wrong in ${wrong} of ${rounds} rounds   wall ${(performance.now() - start).toFixed(0)} ms\n`,
  );
}

await count('two deposits at once on 100, 50 and 20: the balance must be 170', async () => {
  const account = openAccount(100);
  await Promise.all([deposit(account, 50), deposit(account, 20)]);
  return (await account.read()) === 170;
});

await count('the same two deposits, one after the other', async () => {
  const account = openAccount(100);
  await deposit(account, 50);
  await deposit(account, 20);
  return (await account.read()) === 170;
});

await count('two withdrawals at once on 100, 80 each: one must be paid', async () => {
  const account = openAccount(100);
  const paid = await Promise.all([withdraw(account, 80), withdraw(account, 80)]);
  return paid.filter(Boolean).length === 1 && (await account.read()) === 20;
});
