import { KataError } from '#src/course/kata-error.ts';
import { serve as servePages } from '#src/page-server/serve.ts';

export interface ServeOptions {
  port?: string;
  delay?: string;
}

/** `kata serve`: the pages of exercise 05 on loopback, until Ctrl-C. */
export async function serve({ port, delay }: ServeOptions): Promise<number> {
  const options = {
    ...(port !== undefined && { port: whole('--port', port, 65_535) }),
    ...(delay !== undefined && { delay: whole('--delay', delay, 600_000) }),
  };
  await servePages(options).catch((error: Error) => {
    throw new KataError(error.message);
  });
  return 0;
}

function whole(flag: string, given: string, most: number): number {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new KataError(`${flag} must be an integer from 0 to ${most}, got "${given}".`);
}
