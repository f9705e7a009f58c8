import type { Tree } from './browser/element.js';

/** Elements without an end tag, as far as the page has any. */
const voids = new Set(['br', 'input', 'link', 'meta']);

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @returns text that is safe between tags and in a quoted attribute */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);

/** @returns the tree as HTML */
export function toHtml(tree: Tree): string {
  if (typeof tree === 'string') return escaped(tree);
  const { tag, attributes, children } = tree;
  const written = Object.entries(attributes).map(([name, value]) =>
    value === undefined ? '' : value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`,
  );
  const start = `<${tag}${written.join('')}>`;
  return voids.has(tag) ? start : `${start}${children.map(toHtml).join('')}</${tag}>`;
}

/** @returns the value as JSON that no HTML parser can see the end of a script in */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
