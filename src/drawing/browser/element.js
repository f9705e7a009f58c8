// @ts-check

/**
 * An element as data. The page is made of these on both sides: as HTML when it is written, as DOM when a dialog opens.
 * Text is never markup.
 * @typedef {{ tag: string, attributes: Attributes, children: Tree[] }} ElementTree
 * @typedef {ElementTree | string} Tree
 * @typedef {Record<string, string | number | true | undefined>} Attributes what is undefined is left out
 */

/**
 * @typedef {Tree | number | undefined} Child
 * @typedef {Child | readonly (Child | readonly (Child | readonly Child[])[])[]} Children
 */

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...Children} children
 * @returns {ElementTree}
 */
export const h = (tag, attributes = {}, ...children) => ({
  tag,
  attributes,
  children: /** @type {Child[]} */ (children.flat(4)).flatMap((child) =>
    child === undefined || child === '' ? [] : [typeof child === 'number' ? String(child) : child],
  ),
});
