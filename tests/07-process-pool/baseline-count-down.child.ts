import { countdown, type Range } from '#shared/countdown.ts';

process.on('message', (range) => process.send?.(countdown(range as Range)));
