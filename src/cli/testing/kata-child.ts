// The program on another course, in a process that a test can kill.
import { main } from '../main.ts';
import { processTerminal } from '../terminal.ts';

const [root = '', ...argv] = process.argv.slice(2);
process.exitCode = await main(argv, { root, terminal: processTerminal() });
