import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

/**
 * Holds a run back before its first check: what connects here waits for the end of its connection.
 * @param folder of the run's temporary files
 * @param begin ends the connections
 * @returns the value of the run's environment variable KATA_BEGIN, and what removes the socket
 */
export async function holdBack(
  folder: string,
  begin: Promise<void>,
): Promise<{ place: string; remove(): Promise<void> }> {
  const place = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replace(/\W/g, '-')}` : join(folder, 'begin');
  const server = createServer((connection) => {
    connection.on('error', () => undefined);
    void begin.then(() => connection.end());
  });
  server.listen(place).unref();
  await once(server, 'listening');
  return {
    place,
    async remove() {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
