// Lets `node`, its Workers and its forks run TypeScript. Plain JavaScript, since it runs before anything can load TypeScript.
// Pass it as `--import <this file>` in execArgv: forks and Workers inherit execArgv, so exercises need no build step and no wrapper.
// Node that strips types itself (22.18 and later) needs nothing; elsewhere tsx is registered.
import { isMainThread } from 'node:worker_threads';

// A process has one thread of loader hooks that all its Workers share: registering again in each would only cost start-up time.
if (!process.features.typescript && isMainThread) {
  const { register } = await import('tsx/esm/api');
  register();
}
