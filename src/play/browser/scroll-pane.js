// @ts-check

/**
 * Scrolls a pane, and never the page, so far that something in it is visible.
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
}
