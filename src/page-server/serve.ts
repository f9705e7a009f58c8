import { once } from 'node:events';
import { pageIds, startPageServer } from './page-server.ts';

/**
 * Serves the lecture's pages until Ctrl-C, for trials by hand.
 * @param options port to listen on (a free one without it) and milliseconds from a request to its answer (100 without
 * it)
 * @throws {Error} where the port is taken
 */
export async function serve({ port = 0, delay = 100 }: { port?: number; delay?: number } = {}): Promise<void> {
  const server = await startPageServer({ port, delay }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken by another program; choose another one with --port, or leave it out.`);
  });
  console.log(`Pages ${pageIds[0]} to ${pageIds.at(-1)} by 10, ${delay} ms each: ${server.origin}/post/${pageIds[0]}/`);
  console.log('Ctrl-C ends it.');
  await once(process, 'SIGINT');
  await server.stop();
  console.log(`\n${server.arrived.length} requests, at most ${server.peak} at a time.`);
}
