// @ts-check
// The parts of the page, and whether there is anything to play in them.
import { part } from '#src/drawing/browser/dom.js';

/** @param {string} id @param {string} text a text that stays is not announced again */
export function say(id, text) {
  if (part(id).textContent !== text) part(id).textContent = text;
}

/** @param {boolean} isThere without anything to play, no steps of an earlier run are shown */
export function showGame(isThere) {
  for (const id of ['choices', 'steps', 'said', 'panes', 'sharing']) part(id).hidden = !isThere;
}

/** Until the next step is shown. */
export function disableSteps() {
  for (const button of document.querySelectorAll('#choices button, #steps button'))
    button.setAttribute('aria-disabled', 'true');
}
