/**
 * Paths from the course's root: the same on every machine, and a grader's temporary folder says nothing to a student.
 */
export const withoutPaths = (text: string, root: string): string =>
  text
    .replaceAll(`file://${encodeURI(root)}/`, '')
    .replaceAll(`${root}/`, '')
    .replaceAll(`${root}\\`, '');
