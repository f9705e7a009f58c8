import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';

/** The ids of the 20 pages: 349000 to 349190 in steps of 10. */
export const pageIds: readonly number[] = Array.from({ length: 20 }, (_, index) => 349_000 + 10 * index);

/**
 * How a page fails: with an error status, by sending half of the text and the rest so many milliseconds later, by
 * closing the connection in the middle of the text or in place of the headers, by sending half of it and nothing else,
 * by sending some of it again and again and never the end, or by sending nothing at all. A page that is empty is none.
 */
export type Fault =
  | { readonly status: number }
  | { readonly rest: number }
  | 'hang up'
  | 'hang up at once'
  | 'stall'
  | 'trickle'
  | 'no answer'
  | 'empty';

export interface PageServerOptions {
  /** The port to listen on. 0, the default, means any free port. */
  readonly port?: number;
  /** Milliseconds from a request to its answer. Default 0. */
  readonly delay?: number | ((id: number) => number);
  /** Pages that fail, by id. */
  readonly faults?: Readonly<Record<number, Fault>>;
  /** Pages that are answered only after a call of {@link PageServer.release}. */
  readonly hold?: readonly number[];
  /**
   * Pages with a million characters of three bytes each: they arrive in many chunks, and some of these end inside a
   * character.
   */
  readonly large?: readonly number[];
}

/** A real HTTP server on loopback that serves `GET /post/<id>/` and records its requests. */
export interface PageServer extends AsyncDisposable {
  /** `http://127.0.0.1:…`, without a trailing slash. */
  readonly origin: string;
  /** Requests that have arrived, and are neither answered nor abandoned by the client. */
  readonly inFlight: number;
  /** The highest value of `inFlight` so far. */
  readonly peak: number;
  /** Ids in the order in which their requests arrived. */
  readonly arrived: readonly number[];
  /** Ids in the order in which they were answered completely. */
  readonly finished: readonly number[];
  /** TCP connections that are open now, including idle ones. */
  readonly openSockets: number;
  /** @returns the text of a page; each server has different texts */
  textOf(id: number): string;
  /** Stops holding these pages, or all pages if there are no arguments, and answers the requests that wait for them. */
  release(...ids: number[]): void;
  /**
   * Waits for a condition.
   * @param holds the condition, evaluated after each event of the server
   * @param milliseconds the longest time to wait; without it, as long as it takes
   * @returns whether the condition became true in time
   */
  until(holds: (server: PageServer) => boolean, milliseconds?: number): Promise<boolean>;
  /** Closes all connections and stops listening. */
  stop(): Promise<void>;
}

/**
 * Starts a page server.
 * @returns a server that is already listening
 * @throws the system's error, if the port is in use
 */
export async function startPageServer({
  port = 0,
  delay = 0,
  faults = {},
  hold = [],
  large = [],
}: PageServerOptions = {}): Promise<PageServer> {
  const edition = randomUUID();
  const held = new Set(hold);
  const waiting = new Map<number, Set<() => void>>();
  const sockets = new Set<object>();
  const arrived: number[] = [];
  const finished: number[] = [];
  const observers = new Set<() => void>();
  let inFlight = 0;
  let peak = 0;
  const changed = () => observers.forEach((observer) => observer());
  const textOf = (id: number) =>
    `<article id="${id}">Post ${id} of edition ${edition}: ` +
    `${large.includes(id) ? '文'.repeat(1_000_000) : 'tëxt '.repeat(40)}</article>`;

  const server = createServer((request, response) => void handle(request, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    changed();
    socket.on('close', () => {
      sockets.delete(socket);
      changed();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = Number(/^\/post\/(\d+)\/?$/.exec(request.url ?? '')?.[1]);
    if (request.method !== 'GET' || Number.isNaN(id)) {
      response.writeHead(404).end('Expected GET /post/<id>/\n');
      return;
    }
    arrived.push(id);
    peak = Math.max(peak, ++inFlight);
    let counted = true;
    // Called before the answer is sent: by the time of 'finish', the client may have sent its next request already.
    const over = () => {
      if (counted) inFlight--;
      counted = false;
    };
    response.on('close', () => {
      over();
      changed();
    });
    changed();
    await turnOf(id, response);
    if (!response.destroyed) answer(id, response, over);
  }

  async function turnOf(id: number, response: ServerResponse): Promise<void> {
    const milliseconds = typeof delay === 'number' ? delay : delay(id);
    await new Promise<void>((resolve) => {
      const go = () => (milliseconds > 0 ? setTimeout(resolve, milliseconds) : resolve());
      if (!held.has(id)) return go();
      const others = waiting.get(id) ?? new Set();
      waiting.set(id, others.add(go));
      response.on('close', () => others.delete(go));
    });
  }

  function answer(id: number, response: ServerResponse, over: () => void): void {
    const fault = faults[id];
    if (fault === 'hang up at once') return void response.destroy();
    const text = fault === 'empty' ? '' : textOf(id);
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(text) };
    const half = text.slice(0, text.length / 2);
    if (typeof fault === 'object' && 'rest' in fault) {
      response.writeHead(200, headers).write(half);
      const rest = setTimeout(() => response.end(text.slice(half.length)), fault.rest);
      response.on('close', () => clearTimeout(rest));
    } else if (fault === undefined || fault === 'empty' || typeof fault === 'object') {
      over();
      finished.push(id);
      if (typeof fault === 'object') response.writeHead(fault.status).end(`Page ${id} has status ${fault.status}\n`);
      else response.writeHead(200, headers).end(text);
    } else if (fault === 'trickle') {
      response.writeHead(200, headers);
      const drop = setInterval(() => response.write(' '), 40);
      response.on('close', () => clearInterval(drop));
    } else if (fault !== 'no answer') {
      response.writeHead(200, headers);
      response.write(half, () => fault === 'hang up' && response.destroy());
    }
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;

  const pages: PageServer = {
    origin: `http://127.0.0.1:${taken}`,
    arrived,
    finished,
    textOf,
    get inFlight() {
      return inFlight;
    },
    get peak() {
      return peak;
    },
    get openSockets() {
      return sockets.size;
    },
    release(...ids) {
      for (const id of ids.length > 0 ? ids : [...held]) {
        held.delete(id);
        for (const go of waiting.get(id) ?? []) go();
        waiting.delete(id);
      }
    },
    until: (holds, milliseconds) =>
      new Promise((resolve) => {
        const settle = (value: boolean) => {
          observers.delete(check);
          clearTimeout(timer);
          resolve(value);
        };
        const check = () => {
          if (holds(pages)) settle(true);
        };
        const timer = milliseconds === undefined ? undefined : setTimeout(settle, milliseconds, false);
        observers.add(check);
        check();
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    [Symbol.asyncDispose]: () => pages.stop(),
  };
  return pages;
}
