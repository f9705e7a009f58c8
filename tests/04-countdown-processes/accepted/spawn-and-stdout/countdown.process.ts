import { countdown } from '#shared/countdown.ts';

process.stdout.write(`${countdown({ from: Number(process.argv[2]), to: Number(process.argv[3]) })}`);
