// @ts-check
// Which students the table shows, and in which order.
/** @import { PageStudent } from '../page-data.ts' */

/**
 * A column: `name`, `points`, or the index of an exercise.
 * @typedef {'name' | 'points' | number} Column
 */

const byName = new Intl.Collator('en', { numeric: true }).compare;

/**
 * @param {readonly PageStudent[]} students
 * @param {Column} column
 * @param {'ascending' | 'descending'} direction
 * @returns {number[]} indexes of the students; those without points are last in both directions
 */
export function sortedRows(students, column, direction) {
  const sign = direction === 'ascending' ? 1 : -1;
  /** @param {number} at */
  const points = (at) => (column === 'points' ? students[at]?.points : students[at]?.cells[Number(column)]?.points);
  /** @param {number} at */
  const name = (at) => students[at]?.name ?? '';
  return [...students.keys()].sort((one, other) => {
    const names = byName(name(one), name(other)) || one - other;
    if (column === 'name') return sign * names;
    const [first, second] = [points(one) ?? undefined, points(other) ?? undefined];
    if (first === undefined || second === undefined)
      return Number(first === undefined) - Number(second === undefined) || names;
    return sign * (first - second) || names;
  });
}

/**
 * @param {string} query
 * @param {string} text
 */
export const matches = (query, text) => text.toLowerCase().includes(query.trim().toLowerCase());

/**
 * @param {PageStudent} student
 * @param {string} query
 * @returns {boolean} whether the name or one of the verdicts contains it
 */
export const isShown = ({ name, problem = '', cells }, query) =>
  matches(query, name) ||
  matches(query, problem) ||
  cells.some((cell) => cell !== null && matches(query, cell.verdict));
