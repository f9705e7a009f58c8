import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { watch } from 'chokidar';
import { onEarlyEnd } from '#src/system/index.ts';
import { HostProcess, type Played } from './host-process.ts';
import type { GameData, PlayProgram, ViewRequest } from './page-data.ts';
import { playPage } from './play-page.ts';
import { startServer } from './server.ts';

/** Milliseconds for a step, and for a search: what hangs in a thread ends long before. */
const limits = { step: 20_000, search: 120_000 };
/** Milliseconds in which a save may come in several pieces. */
const together = 100;

export interface PlayOptions extends Played, Omit<GameData, 'flags'> {
  /** Where to run, absolute: the course. */
  readonly root: string;
  /** Folders whose files the code consists of: a save in one of them reloads the page. */
  readonly folders: readonly string[];
  /** Milliseconds for one step. */
  readonly stepLimit?: number;
}

/** A page that can be played. */
export interface Play {
  /** @returns the address that opens the page at the first step of a schedule, which is loaded */
  urlOf(request: Pick<ViewRequest, 'program' | 'schedule'>): string;
  readonly url: string;
  /** @throws {HostError} a sentence, if the module does not load */
  programs(): Promise<PlayProgram[]>;
  /** Ends the server, and all that it has started. */
  close(): Promise<void>;
}

/** Starts the server and the processes for the reader's code. */
export async function startPlay(options: PlayOptions): Promise<Play> {
  const { root, folders, url, exercise, solution, stepLimit = limits.step, title, command, reference, tasks } = options;
  const played = { url, exercise, solution };
  const host = new HostProcess(played, root, stepLimit);
  const searchHost = new HostProcess(played, root, limits.search);
  const page = playPage({ title, command, reference, tasks, flags: solution ? '-- --solution' : '' });
  const server = await startServer({ page, host, searchHost });
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch([...folders, dirname(fileURLToPath(url))], { ignoreInitial: true, depth: 0 });
  watcher.on('all', (_, file) => {
    if (!/\.[cm]?[jt]s$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      host.restart();
      searchHost.end();
      server.reload();
    }, together);
  });
  const close = async () => {
    clearTimeout(timer);
    host.end();
    searchHost.end();
    server.close();
    await watcher.close();
  };
  const forget = onEarlyEnd(close);
  return {
    url: server.url,
    urlOf: ({ program, schedule }) =>
      `${server.url}#${new URLSearchParams({ program, schedule, steps: '0' }).toString()}`,
    programs: () => host.call('programs'),
    async close() {
      forget();
      await close();
    },
  };
}
