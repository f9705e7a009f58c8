import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { watch } from 'chokidar';
import { WebSocket } from 'undici';
import { killTree, temporaryFolder } from '#src/system/index.ts';

/** A place where a process has stopped. Lines count from 1. */
export interface Stop {
  readonly url: string;
  readonly line: number;
  readonly functionName: string;
}

interface Message {
  readonly method?: string;
  readonly params?: {
    readonly hitBreakpoints?: readonly string[];
    readonly callFrames?: readonly { functionName: string; location: { scriptId: string; lineNumber: number } }[];
    /** Of a script that was parsed. */
    readonly scriptId?: string;
    readonly url?: string;
  };
}

const preload = new URL('./wait-for-debugger.js', import.meta.url).href;

/**
 * Runs a program as the debugger of VS Code does: attached to every process that it starts, with one breakpoint.
 * @param args of `node`
 * @param breakpoint a file, by a regular expression for its URL, and a line from 1
 * @returns where the first process stopped; undefined when the program ended before. All of it is ended then.
 */
export async function firstStop(
  args: readonly string[],
  cwd: string,
  breakpoint: { urlRegex: string; line: number },
): Promise<Stop | undefined> {
  const folder = await temporaryFolder('kata-debugger-');
  const watcher = watch(folder.path);
  const sockets: WebSocket[] = [];
  await once(watcher, 'ready');
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: 'ignore',
    env: { ...process.env, NODE_OPTIONS: `--import=${preload}`, KATA_DEBUGGER_FOLDER: folder.path },
  });
  const ended = once(child, 'exit');
  try {
    const stopped = new Promise<Stop>((resolve, reject) => {
      watcher.on('add', (file) => {
        if (!file.endsWith('.url')) return;
        readFile(file, 'utf8').then((url) => sockets.push(attach(url, breakpoint, resolve)), reject);
      });
    });
    return await Promise.race([stopped, ended.then(() => undefined)]);
  } finally {
    child.kill();
    // A process ends when its debugger has left it. One that stood at a breakpoint goes on then.
    for (const socket of sockets) socket.close();
    await ended;
    await killTree({ marker: `KATA_DEBUGGER_FOLDER=${folder.path}` });
    await watcher.close();
    await folder.remove();
  }
}

/** Sets the breakpoint in one process, and lets it begin. */
function attach(
  url: string,
  { urlRegex, line }: { urlRegex: string; line: number },
  onStop: (stop: Stop) => void,
): WebSocket {
  const socket = new WebSocket(url);
  const scripts = new Map<string, string>();
  let id = 0;
  const send = (method: string, params = {}) => socket.send(JSON.stringify({ id: ++id, method, params }));
  socket.addEventListener('open', () => {
    send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
    send('Debugger.enable');
    send('Debugger.setBreakpointByUrl', { urlRegex, lineNumber: line - 1 });
    send('Runtime.runIfWaitingForDebugger');
  });
  socket.addEventListener('message', ({ data }) => {
    const { method, params = {} } = JSON.parse(String(data)) as Message;
    if (method === 'NodeRuntime.waitingForDisconnect') socket.close();
    if (method === 'Debugger.scriptParsed') scripts.set(params.scriptId ?? '', params.url ?? '');
    if (method !== 'Debugger.paused') return;
    const [frame] = params.callFrames ?? [];
    if (frame === undefined || params.hitBreakpoints?.length === 0) return send('Debugger.resume');
    const { functionName, location } = frame;
    onStop({ url: scripts.get(location.scriptId) ?? '', line: location.lineNumber + 1, functionName });
  });
  return socket;
}
