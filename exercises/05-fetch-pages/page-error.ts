/**
 * Why a page could not be fetched: the status was an error, the connection failed or was closed before the page was
 * complete, or the time limit was over.
 */
export type PageFault = 'status' | 'connection' | 'timeout';

/** The error that `fetchPage` and `fetchPages` reject with if a page can't be fetched. */
export class PageError extends Error {
  override name = 'PageError';
  /** Number of the page. */
  readonly id: number;
  readonly fault: PageFault;

  /**
   * @param id number of the page
   * @param fault kind of failure
   * @param message what happened, without the page's number: "the server closed the connection"
   * @param options.cause the original error, if there is one
   */
  constructor(id: number, fault: PageFault, message: string, options?: ErrorOptions) {
    super(`page ${id}: ${message}`, options);
    this.id = id;
    this.fault = fault;
  }
}
