import { KataError } from '#src/course/index.ts';
import { serve as servePages } from '#src/page-server/index.ts';
import { integerFlag } from '../flags.ts';

export interface ServeOptions {
  port?: string;
  delay?: string;
}

/** `kata serve`: the pages of exercise 05 on loopback, until Ctrl-C. */
export async function serve({ port, delay }: ServeOptions): Promise<number> {
  const options = {
    ...(port !== undefined && { port: integerFlag('--port', port, 0, 65_535) }),
    ...(delay !== undefined && { delay: integerFlag('--delay', delay, 0, 600_000) }),
  };
  await servePages(options).catch((error: Error) => {
    throw new KataError(error.message);
  });
  return 0;
}
