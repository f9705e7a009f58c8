// @ts-check
/** @import { ViewRequest } from '../page-data.ts' */

/**
 * @param {{ call: string } & Partial<ViewRequest>} request
 * @returns {Promise<unknown>} what the server answers
 * @throws {Error} a sentence for the reader
 */
export async function ask(request) {
  const response = await fetch('ask', { method: 'POST', body: JSON.stringify(request) }).catch(() => {
    throw new Error('The server of this page has ended.');
  });
  /** @type {unknown} */
  const answer = await response.json();
  const { error } = /** @type {{ error?: string }} */ (answer);
  if (error !== undefined) throw new Error(error);
  return answer;
}
