/**
 * @param effect of an operation
 * @returns a promise, and what settles it with the effect's value or error and returns the same
 */
export function operation<T>(effect: (() => T) | undefined): { promise: Promise<T>; perform: () => unknown } {
  let perform!: () => unknown;
  const promise = new Promise<T>((resolve, reject) => {
    perform = () => {
      try {
        const value = effect?.() as T;
        resolve(value);
        return value;
      } catch (error) {
        // Whatever the effect threw, as it is.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(error);
        return error;
      }
    };
  });
  return { promise, perform };
}
