// Where in the source a step stands: the innermost stack frame that is not the explorer's own.

import { isOwnFile } from '../../common/index.ts';
import type { Place } from '../../report/index.ts';
import type { Operation } from './operation.ts';

/** A source position. */
export interface Site {
  /** URL or path of the file. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The calls that led there, innermost first, where somebody has asked for them. */
  readonly callers?: readonly Place[];
}

/** Source positions by number, in the order first met. */
export class SourceSites {
  readonly list: Site[] = [];
  readonly #numbers = new Map<string, number>();

  /** @returns where an operation stands, with the callers if it has been located; undefined while nobody has asked */
  of({ located, site }: Pick<Operation, 'located' | 'site'>): Site | undefined {
    return this.list[located ?? site];
  }

  /** Forgets all positions. */
  clear(): void {
    this.list.length = 0;
    this.#numbers.clear();
  }

  /** The number of a position. */
  intern(site: Site): number {
    const callers = site.callers?.map(({ file, line }) => ` ${file}:${line}`).join('') ?? '';
    const key = `${site.file}:${site.line}:${site.column}${callers}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.list.push(site) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** The number of the position that called into the explorer, or −1. */
  here(): number {
    const site = callSites(8).find(isForeign);
    return site ? this.intern({ ...placeOf(site), column: site.getColumnNumber() ?? 0 }) : -1;
  }

  /** The same, of a position that knows its callers. */
  hereWithCallers(): number {
    const [site, ...callers] = callSites(24).filter(isForeign);
    if (!site) return -1;
    return this.intern({
      ...placeOf(site),
      column: site.getColumnNumber() ?? 0,
      callers: callers.slice(0, 6).map(placeOf),
    });
  }

  /** The number of the position where an error was made, or −1. */
  ofError(error: Error): number {
    for (const line of (error.stack ?? '').split('\n')) {
      const frame = /(?:at |\()((?:file:\/\/)?\/[^\s()]*|[A-Z]:\\[^()]*):(\d+):(\d+)\)?$/.exec(line);
      if (frame && !isOwnFile(frame[1]!) && !frame[1]!.includes('node_modules')) {
        return this.intern({ file: frame[1]!, line: Number(frame[2]), column: Number(frame[3]) });
      }
    }
    return -1;
  }
}

function placeOf(site: NodeJS.CallSite): Place {
  return { file: site.getFileName()!, line: site.getLineNumber() ?? 0 };
}

function callSites(limit: number): NodeJS.CallSite[] {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- kept to be put back, never called
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.prepareStackTrace = (_error, sites) => sites;
  Error.stackTraceLimit = limit;
  const holder: { stack?: NodeJS.CallSite[] } = {};
  Error.captureStackTrace(holder, callSites);
  const sites = holder.stack ?? [];
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return sites;
}

function isForeign(site: NodeJS.CallSite): boolean {
  const file = site.getFileName();
  return !!file && !file.startsWith('node:') && !isOwnFile(file);
}
