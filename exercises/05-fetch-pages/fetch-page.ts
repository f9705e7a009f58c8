export interface PageOptions {
  /** Aborting it rejects with its reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds from the call to the last byte; 5000 without it. */
  timeout?: number | undefined;
}

/** Task 1: the text of `<origin>/post/<id>/`. Rejects with a PageError when the page does not come. */
export async function fetchPage(origin: string, id: number, options: PageOptions = {}): Promise<string> {
  throw new Error('Not implemented yet');
}
