/** What `readCounter` rejects with if the file can be read but holds no count. */
export class InvalidCounterError extends Error {
  override name = 'InvalidCounterError';
  readonly path: string;
  /** All that the file holds. */
  readonly text: string;

  constructor(path: string, text: string) {
    super(`Expected ${path} to hold a count such as 42, got ${text === '' ? 'an empty file' : JSON.stringify(text)}`);
    this.path = path;
    this.text = text;
  }
}
