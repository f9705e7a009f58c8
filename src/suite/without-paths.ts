/**
 * Makes paths relative to the course's root. They are then the same on every machine, and show no temporary folder.
 */
export const withoutPaths = (text: string, root: string): string =>
  text
    .replaceAll(`file://${encodeURI(root)}/`, '')
    .replaceAll(`${root}/`, '')
    .replaceAll(`${root}\\`, '');
