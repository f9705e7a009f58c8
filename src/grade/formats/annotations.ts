import { checkText } from '../check-text.ts';
import type { ExerciseRecord, GradeRecord } from '../record.ts';
import { totalText } from '../table.ts';
import { shortened } from './limits.ts';
import { checksOf, faultOf, faultText, taskName } from './outcomes.ts';

/** GitHub shows no more annotations of one level for each step. */
const mostOfALevel = 10;
/** The runner cuts longer messages. */
const mostCharacters = 4096;

interface Annotation {
  level: 'error' | 'warning' | 'notice';
  message: string;
  title?: string | undefined;
  file?: string | undefined;
  line?: number | undefined;
  col?: number | undefined;
}

/**
 * GitHub workflow commands: an error at the first failing check of each task that somebody has begun, a warning for
 * each error of the compiler, and the points as a notice. The escaping is that of `core.error()` in actions/toolkit.
 * @returns one command a line
 */
export function annotations(record: GradeRecord): string {
  const errors = record.exercises.flatMap(failures);
  const warnings = record.exercises.flatMap(({ typeErrors }) =>
    typeErrors.map(({ file, line, column, message }): Annotation => ({
      level: 'warning',
      message,
      file,
      line,
      col: column,
    })),
  );
  const more = errors.length - mostOfALevel;
  const left = more > 0 ? ` ${more} more ${more === 1 ? 'task fails' : 'tasks fail'} without an annotation.` : '';
  const total: Annotation = { level: 'notice', title: 'Grade', message: `${totalText(record)}${left}` };
  return [...errors.slice(0, mostOfALevel), ...warnings.slice(0, mostOfALevel), total]
    .map((annotation) => `${command(annotation)}\n`)
    .join('');
}

function failures(exercise: ExerciseRecord): Annotation[] {
  const fault = faultOf(exercise);
  if (fault) return [{ level: 'error', title: 'The grader failed', message: faultText(exercise, fault) }];
  return exercise.tasks.flatMap((task) => {
    const check = checksOf(exercise, task).find(({ state }) => state === 'failed' || state === 'missing');
    if (check === undefined || task.verdict === 'not implemented') return [];
    const { file, line, column: col, verdict } = check;
    const title = `${verdict}: ${taskName(exercise, task)}`;
    return [{ level: 'error' as const, title, message: `${check.title}\n${checkText(check)}`, file, line, col }];
  });
}

function command({ level, message, ...properties }: Annotation): string {
  const pairs = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapedProperty(String(value))}`],
  );
  const head = pairs.length > 0 ? `${level} ${pairs.join(',')}` : level;
  return `::${head}::${escaped(shortened(message, mostCharacters - 1))}`;
}

const escaped = (text: string): string => text.replace(/[%\r\n]/g, encodeURIComponent);
const escapedProperty = (text: string): string => text.replace(/[%\r\n:,]/g, encodeURIComponent);
