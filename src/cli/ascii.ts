/**
 * @returns whether a terminal with this environment shows more than ASCII: not where its locale names another encoding
 *   than UTF-8, nor on the console of Linux, nor in an old console of Windows
 */
export function showsUnicode(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === 'win32') return Boolean(env['WT_SESSION'] ?? env['TERM_PROGRAM'] ?? env['ConEmuTask']);
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(Boolean);
  // Without any locale, as in many containers, the terminal at the other end nearly always takes UTF-8.
  return env['TERM'] !== 'linux' && (locale === undefined || /utf-?8/i.test(locale));
}

const replacements: Readonly<Record<string, string>> = {
  ...{ '✓': '+', '✗': 'x', '·': '-', '▸': '>', '…': '...', '→': '>', '←': '<', '↑': '^', '↓': 'v', '×': 'x', '−': '-' },
  ...{ '–': '-', '—': '-', '“': '"', '”': '"', '‘': "'", '’': "'", '≥': '>=', '≤': '<=', '≠': '!=', '\u00a0': ' ' },
  ...{ '│': '|', '┃': '|', '─': '-', '━': '=', '█': '#', '▓': '#', '▒': '#', '░': '.' },
};

/** @returns `text` with ASCII in place of marks, box characters and blocks, and `?` for what has no likeness */
export const toAscii = (text: string): string =>
  text.replace(/[^\0-\x7f]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x2500 && code <= 0x257f) return replacements[character] ?? '+';
    if (code >= 0x2580 && code <= 0x259f) return replacements[character] ?? '#';
    return replacements[character] ?? '?';
  });
