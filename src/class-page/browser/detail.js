// @ts-check
// What a dialog shows of one exercise of one student.
/** @import { CheckDetail, Detail, Difference, PageExercise, TaskDetail } from '../page-data.ts' */
/** @import { ElementTree } from '#src/drawing/browser/element.js' */
import { barDrawing } from '#src/drawing/browser/bar-drawing.js';
import { h } from '#src/drawing/browser/element.js';
import { timelineDrawing } from '#src/drawing/browser/timeline-drawing.js';
import { signs } from './signs.js';

/**
 * @param {PageExercise} exercise
 * @param {Detail} detail
 * @returns {ElementTree}
 */
export function detailTree(exercise, detail) {
  const { fault, notes, differences } = detail;
  return h(
    'div',
    { class: 'detail' },
    fault && [
      h('p', { class: 'sentence' }, `This is not the student's fault, and costs no points: ${fault.sentence}`),
      fault.output && block('What the run printed', fault.output),
    ],
    h(
      'ol',
      { class: 'tasks' },
      detail.tasks.map((task) => taskTree(exercise, task)),
    ),
    notes.length > 0
      ? [
          h('h3', {}, 'Notes'),
          h(
            'ul',
            { class: 'notes' },
            notes.map((note) => h('li', {}, note)),
          ),
        ]
      : '',
    differences.length > 0
      ? [
          h('h3', {}, 'Difference to the reference'),
          h('p', { class: 'legend' }, '− only in the student’s file, + only in the reference'),
          differences.map(differenceTree),
        ]
      : '',
  );
}

/**
 * @param {PageExercise} exercise
 * @param {TaskDetail} task
 */
function taskTree(exercise, { number, points, verdict, check, others = [] }) {
  const known = exercise.tasks.find((each) => each.number === number);
  const attainable = known?.attainable ?? points;
  const standing =
    points === attainable
      ? verdict === 'passed'
        ? 'all'
        : 'open'
      : points > 0
        ? 'some'
        : verdict === 'not implemented'
          ? 'blank'
          : 'none';
  return h(
    'li',
    { class: `task ${standing}` },
    h(
      'h3',
      {},
      h('span', { class: 'sign', 'aria-hidden': 'true' }, signs[standing]),
      h('span', { class: 'task-title' }, `Task ${number}: ${known?.title ?? ''}`),
      ' ',
      h('span', { class: 'score' }, `${points}/${attainable} ${verdict}`),
    ),
    check && checkTree(check),
    others.length > 0
      ? h(
          'details',
          {},
          h('summary', {}, others.length === 1 ? '1 more check failed' : `${others.length} more checks failed`),
          h(
            'ul',
            {},
            others.map((title) => h('li', {}, title)),
          ),
        )
      : '',
  );
}

/** @param {CheckDetail} check */
function checkTree({ title, sentence, place, misconception, evidence, bars, timeline }) {
  const drawing = timeline ? timelineDrawing(timeline) : bars && barDrawing(bars);
  return h(
    'div',
    { class: 'check' },
    h('p', { class: 'check-title' }, h('span', {}, 'Check: '), title),
    h('p', { class: 'sentence' }, sentence),
    place && h('p', { class: 'place' }, h('code', {}, place)),
    misconception &&
      h('p', { class: 'misconception' }, h('strong', {}, 'This looks like a common mistake: '), `"${misconception}"`),
    drawing && h('div', { class: 'drawing', ...scrollable('Drawing of the evidence') }, drawing),
    evidence &&
      (drawing
        ? h('details', {}, h('summary', {}, 'Evidence as text'), block('Evidence as text', evidence))
        : block('Evidence', evidence)),
  );
}

/** @param {Difference} difference */
function differenceTree({ file, hunks }) {
  return h(
    'section',
    { class: 'difference' },
    h('h4', {}, h('code', {}, file)),
    hunks === null
      ? h('p', {}, 'The two files have too little in common for a comparison line by line.')
      : h(
          'pre',
          scrollable(`Difference in ${file}`),
          hunks.map(({ line, lines }) => [
            h('span', { class: 'hunk' }, `line ${line}`),
            lines.map((text) => h(text.startsWith('-') ? 'del' : text.startsWith('+') ? 'ins' : 'span', {}, text)),
          ]),
        ),
  );
}

/**
 * @param {string} label
 * @param {string} text
 */
const block = (label, text) => h('pre', scrollable(label), text);

/**
 * What is too wide scrolls, and a keyboard can reach it.
 * @param {string} label
 */
const scrollable = (label) => ({ tabindex: 0, role: 'group', 'aria-label': label });
