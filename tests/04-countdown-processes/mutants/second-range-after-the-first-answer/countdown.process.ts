import { countdown, type Range } from './countdown.ts';

process.once('message', (range: Range) => {
  process.send?.(countdown(range), () => process.disconnect());
});
