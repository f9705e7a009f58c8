/** Whether a student waits at the screen for this run: what hangs is given up sooner than a grader would. */
export const isHurried = process.env['KATA_HURRIED'] === '1';
