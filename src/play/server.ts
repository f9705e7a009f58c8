// The server of the page, on loopback only. It keeps no state of a game: the page names a schedule and gets where that
// stands.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { HostError, type HostProcess } from './host-process.ts';
import type { Goal } from './page-data.ts';

/** Bytes of a request: a schedule of some thousand steps. */
const longest = 64 * 1024;

const program = z.string();
const asked = z.discriminatedUnion('call', [
  z.object({ call: z.literal('programs') }),
  z.object({ call: z.literal('view'), program, schedule: z.string(), steps: z.int().min(0).optional() }),
  z.object({ call: z.literal('goal'), program }),
]);

export interface ServerOptions {
  /** HTML. */
  readonly page: string;
  /** Where steps are made. */
  readonly host: HostProcess;
  /** Where searches run, so that no step waits for one. */
  readonly searchHost: HostProcess;
}

/** A server that listens. */
export interface PlayServer {
  /** With the secret in it. Whoever knows this address can play, and nobody else. */
  readonly url: string;
  /** Has all pages ask again, since the code has changed. */
  reload(): void;
  close(): void;
}

/** @returns a server on a free port of 127.0.0.1 */
export async function startServer({ page, host, searchHost }: ServerOptions): Promise<PlayServer> {
  const secret = randomBytes(24).toString('base64url');
  const pages = new Set<ServerResponse>();
  const goals = new Map<string, Promise<Goal>>();
  let authority = '';

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // Browsers ask for it by themselves.
    if (request.url === '/favicon.ico') return end(response, 204, '');
    const [, given = '', what = ''] = (request.url ?? '').split('/');
    if (!isFor(request, authority) || !isSame(given, secret)) return end(response, 403, 'Forbidden');
    const { method } = request;
    if (method === 'GET' && what === '') return end(response, 200, page, 'text/html; charset=utf-8');
    if (method === 'GET' && what === 'events') return listen(response);
    if (method === 'POST' && what === 'ask') return json(response, await read(request));
    end(response, 404, 'Not found');
  }

  async function json(response: ServerResponse, body: string | undefined): Promise<void> {
    const parsed = asked.safeParse(parsedJson(body));
    if (!parsed.success) return end(response, 400, 'Bad request');
    const value = await ask(parsed.data).catch((error: unknown) => {
      if (error instanceof HostError) return { error: error.message };
      throw error;
    });
    end(response, 200, JSON.stringify(value), 'application/json');
  }

  function ask(request: z.infer<typeof asked>): Promise<unknown> {
    if (request.call === 'programs') return host.call('programs');
    if (request.call === 'view') return host.call('view', request);
    // Searched once for each version of the code, however many pages ask.
    const known = goals.get(request.program);
    if (known) return known;
    const goal = searchHost.call('goal', request.program);
    goals.set(request.program, goal);
    // What was not found may be found the next time.
    goal.catch(() => goals.delete(request.program));
    return goal;
  }

  function listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 1000\n\n');
    pages.add(response);
    response.on('close', () => pages.delete(response));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => end(response, 500, error.message));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${authority}/${secret}/`,
    reload() {
      goals.clear();
      for (const each of pages) each.write('event: saved\ndata:\n\n');
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** No other page may show this one, read from it, or learn its address. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A page of another site may send requests here, under a name that leads to 127.0.0.1. */
function isFor({ headers: { host, origin } }: IncomingMessage, authority: string): boolean {
  return host === authority && (origin === undefined || origin === `http://${authority}`);
}

function isSame(given: string, secret: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}

async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsedJson(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function end(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': type });
  response.end(body);
}
