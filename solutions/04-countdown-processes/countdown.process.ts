import { countdown } from '#shared/countdown.ts';

const [from, to] = process.argv.slice(2).map(Number);

// No listener for messages, so the channel keeps nothing alive, and the process ends when the sum has been sent.
process.send?.(countdown({ from: Number(from), to: Number(to) }));
