import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { toAscii } from '../../ascii.ts';
import type { Terminal } from '../../terminal.ts';

/** @returns columns that the text takes: styles and links take none, wide characters two */
export const widthOf = (text: string): number => (/^[ -~]*$/.test(text) ? text.length : stringWidth(text));

/**
 * @param text one or more lines, styled or not
 * @returns its rows on a terminal of that width; a row that continues a line is indented like it, behind its mark
 */
export function wrapped(text: string, columns: number, { unicode }: Pick<Terminal, 'unicode'>): string[] {
  const shown = unicode ? text : toAscii(text);
  return shown.split('\n').flatMap((line) => {
    const expanded = line.replaceAll('\t', '  ');
    if (widthOf(expanded) <= columns) return [expanded];
    const [indent = ''] = indentAndMark.exec(expanded) ?? [];
    const width = widthOf(indent);
    const room = columns - width;
    // Of a deep indent, nothing would be left for the text.
    if (room < columns / 3) return wrapAnsi(expanded, columns, { hard: true }).split('\n');
    const rows = wrapAnsi(expanded.slice(indent.length), room, { hard: true }).split('\n');
    return rows.map((row, at) => `${at === 0 ? indent : ' '.repeat(width)}${row}`);
  });
}

/** What stands before the words of a line: spaces, a bullet or a mark with its colors, the number of a check. */
// eslint-disable-next-line no-control-regex
const indentAndMark = /^ *(?:(?:\x1b\[\d+m)*[^\p{L}\p{N}\s\x1b](?:\x1b\[\d+m)* +(?:\d+\.\d+ +)?)?/u;

/**
 * Code keeps its lines and its indentation: rewrapped, it would read as other code.
 * @param text lines of code or of a difference, styled or not
 * @returns the same, with a line that is too long on several: these repeat its sign (+ or -) and indentation, and begin
 *   with a mark
 */
export function wrappedCode(text: string, columns: number, { unicode }: Pick<Terminal, 'unicode'>): string {
  const mark = unicode ? '↪ ' : '\\ ';
  const shown = (unicode ? text : toAscii(text)).replaceAll('\t', '  ');
  return shown
    .split('\n')
    .flatMap((line) => {
      if (widthOf(line) <= columns) return [line];
      const [deep = ''] = /^[+-]? */.exec(stripVTControlCharacters(line)) ?? [];
      const margin = `${deep.slice(0, columns >> 2)}${mark}`;
      const room = Math.max(1, columns - margin.length);
      const rows = wrapAnsi(line, room, { hard: true, trim: false }).split('\n');
      // eslint-disable-next-line no-control-regex
      return rows.map((row, at) => (at === 0 ? row : row.replace(/^((?:\x1b\[\d+m)*) */, `$1${margin}`)));
    })
    .join('\n');
}

/** @returns the first line of `text` in one row, cut with a mark where it is too long */
export function inOneRow(text: string, columns: number, { unicode }: Pick<Terminal, 'unicode'>): string {
  const [line = ''] = (unicode ? text : toAscii(text)).split('\n');
  if (widthOf(line) <= columns) return line;
  if (columns < 2) return '';
  const options = { hard: true, wordWrap: false, trim: false };
  return `${wrapAnsi(line, columns - 1, options).split('\n')[0]}${unicode ? '…' : '>'}`;
}

/** @returns `text` in `most` rows at most, the last one cut with a mark where it is too long */
export function inRows(text: string, most: number, columns: number, terminal: Pick<Terminal, 'unicode'>): string[] {
  const rows = wrapped(text, columns, terminal);
  if (rows.length <= most) return rows;
  return [...rows.slice(0, most - 1), inOneRow(rows.slice(most - 1).join(' '), columns, terminal)];
}

/** What a student's program has printed may hold characters that move the cursor. */
// eslint-disable-next-line no-control-regex
export const withoutControls = (text: string): string => text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '');

/**
 * @param file absolute
 * @returns `text`, to be clicked where the terminal can
 */
export function linked(text: string, file: string, terminal: Terminal, place = ''): string {
  if (!terminal.links) return text;
  // Only VS Code is known to take a line behind #; others may look for a file of that name.
  const fragment = process.env['TERM_PROGRAM'] === 'vscode' && place !== '' ? `#${place}` : '';
  return `\x1b]8;;${pathToFileURL(file).href}${fragment}\x1b\\${text}\x1b]8;;\x1b\\`;
}
