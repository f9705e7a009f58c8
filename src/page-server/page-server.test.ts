import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { pageIds, startPageServer, type PageServer, type PageServerOptions } from './page-server.ts';

const servers: PageServer[] = [];
const start = async (options: PageServerOptions = {}) => {
  const server = await startPageServer(options);
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** Fetches a page on a new connection. */
function get(origin: string, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request(`${origin}${path}`, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

test('has 20 pages, from 349000 to 349190', () => {
  expect([pageIds.length, pageIds[0], pageIds.at(-1)]).toEqual([20, 349_000, 349_190]);
});

test('serves pages by id and answers everything else with 404', async () => {
  const server = await start();
  expect(await get(server.origin, '/post/349000/')).toEqual({ status: 200, text: server.textOf(349_000) });
  expect((await get(server.origin, '/')).status).toBe(404);
});

test('gives each server different texts', async () => {
  expect((await start()).textOf(1)).not.toBe((await start()).textOf(1));
});

test('holds a page until it is released, and counts the requests in flight', async () => {
  const server = await start({ hold: [1, 2] });
  const both = [1, 2].map((id) => get(server.origin, `/post/${id}/`));
  expect(await server.until(({ inFlight }) => inFlight === 2)).toBe(true);
  server.release(2);
  await both[1];
  expect(await server.until(({ inFlight }) => inFlight === 1)).toBe(true);
  server.release();
  await both[0];
  expect(await server.until(({ finished }) => finished.length === 2)).toBe(true);
  expect([server.peak, server.finished]).toEqual([2, [2, 1]]);
});

test('until() resolves to false if the condition does not become true in time', async () => {
  const server = await start();
  expect(await server.until(({ arrived }) => arrived.length > 0, 5)).toBe(false);
});

test('answers with the status or closes the connection, as its faults demand', async () => {
  const server = await start({ faults: { 1: { status: 503 }, 2: 'hang up' } });
  expect((await get(server.origin, '/post/1/')).status).toBe(503);
  await expect(get(server.origin, '/post/2/')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(server.finished).toEqual([1]);
});

test.each(['stall', 'no answer'] as const)(
  'with the fault "%s", a page never finishes, and its socket closes when the client disconnects',
  async (fault) => {
    const server = await start({ faults: { 1: fault } });
    const asked = request(`${server.origin}/post/1/`, { agent: false });
    asked.on('error', () => {}).end();
    await server.until(({ inFlight }) => inFlight === 1);
    asked.destroy();
    expect(await server.until(({ inFlight, openSockets }) => inFlight + openSockets === 0)).toBe(true);
    expect(server.finished).toEqual([]);
  },
);
