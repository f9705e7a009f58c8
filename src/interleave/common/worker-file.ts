import { extname } from 'node:path';

/**
 * TypeScript here, JavaScript in the package: a compiler rewrites the extensions of imports, but not those of URLs.
 * @param name relative, without its extension
 * @param from the URL of the module that asks
 * @returns the URL of a Worker's file with the same extension
 */
export function workerFile(name: string, from: string): URL {
  return new URL(`${name}${extname(new URL(from).pathname)}`, from);
}
