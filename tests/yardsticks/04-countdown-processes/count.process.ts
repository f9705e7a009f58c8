import { countdown } from '#shared/countdown.ts';

const [from, to] = process.argv.slice(2).map(Number);
process.send?.(countdown({ from: Number(from), to: Number(to) }));
