import { countdown, type Range } from '#shared/countdown.ts';

process.on('message', (range: Range) => {
  try {
    process.send?.(countdown(range), () => process.exit());
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
});
