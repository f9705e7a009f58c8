/** @returns the last part of a path or URL */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).replace(/[?#].*$/, '');
}
