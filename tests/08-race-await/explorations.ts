import type { PromiseProgram } from '#src/interleave/promises.ts';

const module = new URL('./scenarios.ts', import.meta.url);
const file = (name: string) => `#kata/08-race-await/${name}.ts`;

/** What the suite explores, by name: `npm run kata replay 08 <name> <token>` shows one order of it again. */
export const explorations = {
  deposits: (amounts = [50, 20]): PromiseProgram => ({ module, scenario: 'deposits', args: [amounts], source: file('deposit') }),
  withdrawals: (balance = 100, amounts = [80, 80]): PromiseProgram => ({ module, scenario: 'withdrawals', args: [balance, amounts], source: file('withdraw') }),
  brokenLine: (): PromiseProgram => ({ module, scenario: 'brokenLine', source: file('withdraw') }),
  addInOneLine: (): PromiseProgram => ({ module, scenario: 'adding', args: ['addInOneLine'], source: file('till') }),
  addInTwoLines: (): PromiseProgram => ({ module, scenario: 'adding', args: ['addInTwoLines'], source: file('till') }),
  priceList: (): PromiseProgram => ({ module, scenario: 'listing', source: file('till') }),
};
