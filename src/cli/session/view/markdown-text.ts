import { lexer } from 'marked';
import { paint, type Terminal } from '../../terminal.ts';
import { wrappedCode } from './text-layout.ts';

/**
 * @param columns of the screen
 * @returns Markdown for a terminal: a paragraph on one line, to be wrapped where it is shown, and code indented
 */
export const markdownText = (markdown: string, columns: number, terminal: Terminal): string =>
  lexer(markdown)
    .filter(({ type }) => type !== 'space')
    .map((token) => {
      if (token.type === 'paragraph') return token.raw.trim().replaceAll(/\s*\n\s*/g, ' ');
      if (token.type !== 'code') return token.raw.trimEnd();
      const code = (token as { text: string }).text.replace(/^.+$/gm, (line) => paint(terminal, 'cyan', `  ${line}`));
      return wrappedCode(code, columns, terminal);
    })
    .join('\n\n');
