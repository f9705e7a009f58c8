import { lexer } from 'marked';
import { paint, type Terminal } from '../../terminal.ts';

/** @returns Markdown for a terminal: a paragraph on one line, to be wrapped where it is shown, and code indented */
export const markdownText = (markdown: string, terminal: Terminal): string =>
  lexer(markdown)
    .map((token) => {
      if (token.type === 'paragraph') return `${token.raw.trim().replaceAll(/\s*\n\s*/g, ' ')}\n`;
      if (token.type === 'code') {
        const code = (token as { text: string }).text;
        return code.replace(/^.+$/gm, (line) => `    ${paint(terminal, 'cyan', line)}`) + '\n';
      }
      return token.raw;
    })
    .join('')
    .trim();
