// @ts-check
// The sentences of the page.
/** @import { Best, GameData, Goal, LaneView, Reached, View } from '../page-data.ts' */
import { momentAt } from '#src/drawing/browser/moment.js';

/** @param {number} count @param {'step' | 'switch'} what */
export const countOf = (count, what) => `${count} ${count === 1 ? what : { step: 'steps', switch: 'switches' }[what]}`;

/**
 * @param {View} view
 * @returns {string} a letter for each step of a schedule of threads, empty where a name is longer than a letter
 */
export function lettersOf({ schedule, timeline: { lanes, rows } }) {
  if (!schedule.startsWith('c') || lanes.some((name) => name.length !== 1)) return '';
  return rows.map((row) => ('lane' in row && row.step !== undefined ? (lanes[row.lane] ?? '') : '')).join('');
}

/**
 * @param {GameData} data
 * @param {readonly string[]} what program and schedule, or nothing
 * @returns {string} the command that opens the page there
 */
export const commandFor = ({ command, flags }, ...what) => [command, ...what, flags].join(' ').trim();

/** @param {Best} best that is shown to the reader */
export const shownText = ({ known, measure }) => `Here is one ${inSo(known, measure)}: press → to go through it.`;

/** @param {LaneView} lane */
export const standing = ({ state, on }) =>
  state === 'ended' ? 'has ended' : on === undefined ? 'waits for another task' : `sleeps on ${on}`;

/**
 * @param {View} view
 * @returns {string} what just happened and who can go on, for a reader who sees nothing else
 */
export function saidOf({ timeline, rows, lanes, choices, left, total, endsWell }) {
  // That a step switches is no news to the one who chose it.
  const steps = timeline.rows.map((row) => ('lane' in row ? { ...row, preempts: undefined } : row));
  const { sentence } = momentAt({ ...timeline, rows: steps }, rows);
  const able = [...new Set(choices.map(({ lane }) => lanes[lane]?.name ?? ''))];
  const asleep = lanes.filter(({ state }) => state === 'asleep').map((lane) => `${lane.name} ${standing(lane)}.`);
  const next = able.length > 0 ? [`Next: ${able.join(' or ')}.`] : [];
  const stopped = left === null ? [] : [`Your code has no step ${total + 1} for this schedule: ${left}.`];
  return [sentence, ...asleep, ...next, ...stopped, ...(endsWell === null ? [] : [endsWell])].join(' ');
}

/**
 * @param {Reached | null} reached
 * @param {Goal | undefined} goal
 * @returns {string} empty as long as there is nothing to say
 */
export function reachedText(reached, goal) {
  if (!reached) return '';
  const { what, sentence, steps, switches } = reached;
  const best = goal?.best;
  if (!best) return `${what}. ${sentence}`;
  const mine = best.measure === 'steps' ? steps : switches;
  return `${what} ${inSo(mine, best.measure)}${score(mine, best)} ${sentence}`;
}

/** @param {number} mine @param {Best} best */
function score(mine, { atLeast, known, measure }) {
  if (mine <= atLeast) return `: nobody can do it ${measure === 'steps' ? 'in' : 'with'} fewer.`;
  if (mine > known) return `. It can be done ${inSo(known, measure)}.`;
  return `. The explorer knows no shorter way, and it takes at least ${atLeast}.`;
}

/** @param {number} count @param {'steps' | 'switches'} measure */
const inSo = (count, measure) =>
  measure === 'steps' ? `in ${countOf(count, 'step')}` : `with ${countOf(count, 'switch')}`;
