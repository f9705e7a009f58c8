// Does in every process what the debugger of VS Code makes it do through NODE_OPTIONS: opens the inspector, says where,
// and waits until a debugger has set its breakpoints.
import { renameSync, writeFileSync } from 'node:fs';
import { open, url, waitForDebugger } from 'node:inspector';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const folder = process.env['KATA_DEBUGGER_FOLDER'];
if (isMainThread && folder !== undefined) {
  open(0, '127.0.0.1');
  const draft = join(folder, `${process.pid}.draft`);
  writeFileSync(draft, String(url()));
  renameSync(draft, join(folder, `${process.pid}.url`));
  waitForDebugger();
}
