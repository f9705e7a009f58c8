const width = 100;

/** @returns the text with lines that fit into a test file: a long one is broken at a space, and the rest is indented */
export function fold(text: string): string {
  return text.split('\n').map(foldLine).join('\n');
}

function foldLine(line: string): string {
  const at = line.lastIndexOf(' ', width);
  return line.length <= width || at <= 0 ? line : `${line.slice(0, at)}\n    ${foldLine(line.slice(at + 1))}`;
}
