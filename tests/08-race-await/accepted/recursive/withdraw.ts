import type { Account } from './account.ts';

export const withdraw = (account: Account, amount: number): Promise<boolean> =>
  account
    .read()
    .then((balance) =>
      amount > balance
        ? false
        : account.writeIf(balance, balance - amount).then((written) => written || withdraw(account, amount)),
    );
