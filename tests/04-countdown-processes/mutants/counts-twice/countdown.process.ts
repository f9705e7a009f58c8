import { countdown } from './countdown.ts';

const [from, to] = process.argv.slice(2).map(Number);

// Without a listener for messages the channel keeps nothing alive, so this process ends by itself once the sum is sent.
countdown({ from: Number(from), to: Number(to) });
process.send?.(countdown({ from: Number(from), to: Number(to) }));
