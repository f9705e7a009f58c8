// @ts-check
// Trees in the document, and what the pages do with their parts.
/** @import { ElementTree, Tree } from './element.js' */

const drawings = 'http://www.w3.org/2000/svg';

/**
 * @param {Tree} tree
 * @param {boolean} [isDrawing] whether it is part of an SVG
 * @returns {Node}
 */
export function toDom(tree, isDrawing = false) {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const { tag } = tree;
  const element = isDrawing || tag === 'svg' ? document.createElementNS(drawings, tag) : document.createElement(tag);
  reshape(element, tree);
  return element;
}

/**
 * Gives an element the attributes and children of a tree, and changes only what differs: what has the focus keeps it,
 * and of a long drawing only the new row is laid out.
 * @param {Element} element
 * @param {ElementTree} tree with the element's tag
 */
function reshape(element, { attributes, children }) {
  for (const name of element.getAttributeNames()) if (attributes[name] === undefined) element.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) {
    const text = value === true ? '' : String(value);
    if (value !== undefined && element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
  refill(element, children);
}

/** @param {Element} element @param {readonly Tree[]} trees of its children */
function refill(element, trees) {
  let node = element.firstChild;
  for (const tree of trees) {
    const next = node?.nextSibling ?? null;
    if (typeof tree === 'string' && node?.nodeType === Node.TEXT_NODE) {
      if (node.nodeValue !== tree) node.nodeValue = tree;
    } else if (typeof tree !== 'string' && node instanceof Element && node.localName === tree.tag) reshape(node, tree);
    else {
      const made = toDom(tree, element.namespaceURI === drawings);
      if (node) node.replaceWith(made);
      else element.append(made);
    }
    node = next;
  }
  while (node) {
    const next = node.nextSibling;
    node.remove();
    node = next;
  }
}

/** @type {(id: string) => HTMLElement} */
export const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id @param {readonly Tree[]} trees */
export const fill = (id, trees) => refill(part(id), trees);

/**
 * Of the buttons that step through a schedule, marks those that lead nowhere now.
 * @param {number} position @param {number} end
 */
export function markSteps(position, end) {
  for (const [id, isUseless] of /** @type {const} */ ([
    ['first', position === 0],
    ['back', position === 0],
    ['next', position === end],
    ['last', position === end],
  ]))
    part(id).setAttribute('aria-disabled', String(isUseless));
}

/**
 * Scrolls a pane in both directions, and never the page, so far that something in it is visible.
 * @param {HTMLElement} pane
 * @param {string} selector
 */
export function scrollPane(pane, selector) {
  const found = pane.querySelector(selector);
  if (!found) return;
  const [inner, outer] = [found.getBoundingClientRect(), pane.getBoundingClientRect()];
  const margin = 40;
  if (inner.top < outer.top + margin) pane.scrollTop -= outer.top + margin - inner.top;
  else if (inner.bottom > outer.bottom - margin) pane.scrollTop += inner.bottom - outer.bottom + margin;
  const beside = 12;
  // As far to the left as possible, where the numbers of the steps are.
  const start = inner.left - outer.left + pane.scrollLeft - beside;
  pane.scrollLeft = Math.min(start, start + inner.width + 2 * beside - pane.clientWidth);
}

/**
 * Makes a button scroll a pane sideways. It shows as long as something in the pane is out of sight there.
 * @param {HTMLElement} pane
 * @param {HTMLElement} button
 */
export function offerRest(pane, button) {
  const rest = () => pane.scrollWidth - pane.clientWidth;
  const isAtEnd = () => pane.scrollLeft >= rest() - 1;
  const update = () => {
    button.hidden = rest() <= 1;
    button.textContent = isAtEnd() ? '← First columns' : 'More columns →';
  };
  button.addEventListener('click', () => {
    pane.scrollLeft = isAtEnd() ? 0 : pane.scrollLeft + 0.8 * pane.clientWidth;
    // The event comes with the next frame: whoever presses twice meanwhile would go back.
    update();
  });
  pane.addEventListener('scroll', update);
  new ResizeObserver(update).observe(pane);
  new MutationObserver(update).observe(pane, { childList: true, subtree: true, attributeFilter: ['width'] });
}
