/**
 * @returns a date and time that sorts, and that every file system takes as part of a name: `2026-11-23T01-12-30-123`
 * (UTC)
 */
export const dateForName = (date = new Date()): string => date.toISOString().slice(0, -1).replace(/[:.]/g, '-');
