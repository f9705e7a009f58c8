import { once } from 'node:events';
import { pageIds, startPageServer } from './page-server.ts';

/**
 * Serves the 20 pages until Ctrl-C, so that students can try their code against a real server.
 * @param options the port to listen on (default: any free port), and the milliseconds from a request to its answer
 * (default: 100)
 * @throws {Error} if the port is in use
 */
export async function serve({ port = 0, delay = 100 }: { port?: number; delay?: number } = {}): Promise<void> {
  const server = await startPageServer({ port, delay }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(
      `Port ${port} is in use by another program. Choose another port with --port, or leave the option out.`,
    );
  });
  console.log(
    `Pages ${pageIds[0]} to ${pageIds.at(-1)} in steps of 10, ${delay} ms each: ${server.origin}/post/${pageIds[0]}/`,
  );
  console.log('Press Ctrl-C to stop.');
  await once(process, 'SIGINT');
  await server.stop();
  console.log(`\n${server.arrived.length} requests, at most ${server.peak} at the same time.`);
}
