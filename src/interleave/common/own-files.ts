// Which stack frames are the explorer's, and which belong to the code under test.

/** The folder src/interleave, as a URL. */
const home = new URL('../', import.meta.url);
const homePath = home.pathname;

/**
 * Fixtures and tests of the explorer are code under test.
 * @param file a URL or a path, as a stack frame names it
 * @returns whether the file is part of the explorer
 */
export function isOwnFile(file: string): boolean {
  const own = file.startsWith('file:') ? home.href : homePath;
  return file.startsWith(own) && !/fixtures\/|\.test\./.test(file.slice(own.length));
}
