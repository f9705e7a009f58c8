// Lets `node`, its Workers and its forks run TypeScript. Plain JavaScript, since it runs before anything can load TypeScript.
// Pass it as `--import <this file>` in execArgv: forks and Workers inherit execArgv, so exercises need no build step and no wrapper.
// Node that strips types itself (22.18 and later) needs nothing. Elsewhere hooks are registered, in each Worker anew, since on
// Node 20 a Worker does not share the hooks of the thread that started it. That makes their weight count: a Worker is up
// in 65 ms with these hooks and in 150 ms with tsx's, which would eat the speed-up that exercise 03 is about.
import { register } from 'node:module';

const { typescript } = /** @type {{ typescript?: string | false }} */ (process.features);
if (!typescript) register('./strip-types-hooks.js', import.meta.url);
