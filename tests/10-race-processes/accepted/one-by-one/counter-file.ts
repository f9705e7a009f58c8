import { type Files, nodeFiles } from './files.ts';
import { InvalidCounterError } from './invalid-counter-error.ts';

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function parse(text: string): number | undefined {
  const digits = text.endsWith('\n') ? text.slice(0, -1) : text;
  if (digits === '' || [...digits].some((each) => each < '0' || each > '9')) return undefined;
  const count = Number(digits);
  return isCount(count) ? count : undefined;
}

export async function readCounter(path: string, files: Files = nodeFiles): Promise<number> {
  const text = await files.readFile(path, 'utf8');
  const count = parse(text);
  if (count === undefined) throw new InvalidCounterError(path, text);
  return count;
}

export async function writeCounter(path: string, count: number, files: Files = nodeFiles): Promise<void> {
  if (!isCount(count)) throw new RangeError(`${count} is no count`);
  return files.writeFile(path, `${count}`);
}

export const increment = (path: string, files: Files = nodeFiles): Promise<number> =>
  readCounter(path, files).then((count) => writeCounter(path, count + 1, files).then(() => count + 1));
