/**
 * Why a page did not come: the server answered with another status than 200, the connection could not be made or was closed before
 * the page was complete, or the time was over.
 */
export type PageFault = 'status' | 'connection' | 'timeout';

/** What `fetchPage` and `fetchPages` reject with when a page does not come. */
export class PageError extends Error {
  override name = 'PageError';
  /** Id of the page. */
  readonly id: number;
  readonly fault: PageFault;

  /**
   * @param id of the page
   * @param sentence what happened, without the page: "the server hung up"
   * @param options.cause the error behind it, if there is one
   */
  constructor(id: number, fault: PageFault, sentence: string, options?: ErrorOptions) {
    super(`page ${id}: ${sentence}`, options);
    this.id = id;
    this.fault = fault;
  }
}
