/** @returns at most that many characters, and a sign where some are left out */
export const shortened = (text: string, characters: number): string =>
  text.length <= characters ? text : `${text.slice(0, characters).replace(/\p{Surrogate}$/u, '')}…`;

/**
 * Makes a document that has a size limit.
 * @param render makes it with the student's texts {@link shortened} to that many characters
 * @returns the first that is small enough; each attempt keeps half of the characters of the one before
 */
export function fitting(bytes: number, render: (characters: number) => string): string {
  for (let characters = 16_384; ; characters >>= 1) {
    const document = render(characters);
    if (characters === 0 || Buffer.byteLength(document) <= bytes) return document;
  }
}
