import { createHash } from 'node:crypto';
import { h, type ElementTree } from './browser/element.js';
import { scriptJson, toHtml } from './html.ts';
import { inlined, readText } from './inlined.ts';

export interface PageContent {
  title: string;
  body: readonly ElementTree[];
  /** What the script finds as JSON in the element `#data`. */
  data: unknown;
  /** The page's module, whose imports are inlined. */
  script: URL;
  /** The page's own styles, after those of all pages. */
  styles: readonly URL[];
  /** Lets the script ask the server which the page came from. Without it, the page makes no request at all. */
  asksItsServer?: boolean;
}

const sharedStyles = ['colors.css', 'page.css', 'timeline-drawing.css', 'bar-drawing.css'].map(
  (name) => new URL(`browser/${name}`, import.meta.url),
);

/** The style of pages that step through a schedule. */
export const steppingStyle = new URL('browser/stepping.css', import.meta.url);

/**
 * One file that loads nothing: its policy allows the one script and the one style in it, and no request to others.
 * @returns HTML
 */
export function selfContainedPage({ title, body, data, asksItsServer, ...urls }: PageContent): string {
  const style = [...sharedStyles, ...urls.styles].map(readText).join('\n');
  const script = inlined(urls.script);
  const policy =
    `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; ` +
    `${asksItsServer ? "connect-src 'self'; " : ''}` +
    "base-uri 'none'; form-action 'none'";
  const head = [
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('title', {}, title),
  ];
  return `<!doctype html>
<html lang="en">
<head>
${head.map(toHtml).join('\n')}
<style>${style}</style>
</head>
<body>
${body.map(toHtml).join('\n')}
<script type="application/json" id="data">${scriptJson(data)}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
