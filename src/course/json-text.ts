import { KataError } from './kata-error.ts';

/**
 * @param path the file's name, for the message
 * @returns the value in `text`
 * @throws {KataError} `path:line:column: …` where `text` is not JSON
 */
export function parseJson(path: string, text: string): unknown {
  const message = faultIn(text);
  if (message === undefined) return JSON.parse(text);
  const before = text.slice(0, faultAt(text)).split('\n');
  throw new KataError(`${path}:${before.length}:${(before.at(-1) ?? '').length + 1}: this is not JSON: ${message}`);
}

/**
 * Offset of the first character that no JSON text could have here. Engines leave it out of many messages, so it is
 * searched for: of all beginnings of the text, the ones that end before the fault could still be completed.
 */
function faultAt(text: string): number {
  let fine = 0;
  let broken = text.length + 1;
  while (broken - fine > 1) {
    const middle = (fine + broken) >>> 1;
    if (canBeCompleted(text.slice(0, middle))) fine = middle;
    else broken = middle;
  }
  return fine;
}

function canBeCompleted(beginning: string): boolean {
  const message = faultIn(beginning);
  if (message === undefined || /end of JSON|Unterminated string/.test(message)) return true;
  const at = /at position (\d+)/.exec(message)?.[1];
  return at !== undefined && Number(at) >= beginning.length;
}

function faultIn(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as SyntaxError).message;
  }
}
