import { type Course, type Exercise, KataError } from '#src/course/index.ts';
import {
  checkExercise,
  compilerRemarks,
  missingSentence,
  readProgress,
  revealHint,
  stateOf,
} from '#src/guide/index.ts';
import type { Context } from './context.ts';
import { exerciseTable } from './exercise-table.ts';
import { hintText } from './hint-text.ts';
import type { SessionPorts } from './session-ports.ts';
import { terminalPorts } from './session-ports.ts';
import { closing, suiteReport } from './suite-report.ts';
import { paint } from './terminal.ts';

/**
 * One exercise on the screen, judged again at every save; a save while a check runs ends that check and begins anew.
 * Keys: h hint, n next, l list, r run again, q quit.
 * @param ports keys, screen and file watching; the terminal's own by default
 * @returns the exit code, once the student quits
 */
export async function session(
  context: Context,
  course: Course,
  first: Exercise,
  ports: SessionPorts = terminalPorts(),
): Promise<number> {
  const { root, terminal } = context;
  let exercise = first;
  let report = '';
  let below = '';
  let status = '';
  let running: { stop: AbortController; done: Promise<void> } | undefined;
  let watching: { close(): Promise<void> } | undefined;

  const draw = () =>
    ports.draw([report, below, status, paint(terminal, 'dim', texts.keys)].filter((part) => part !== '').join('\n\n'));

  async function judge(signal: AbortSignal, judged: Exercise, saved: readonly string[]): Promise<void> {
    let checks = 0;
    const tell = () => {
      status = texts.checking(judged, saved, checks);
      draw();
    };
    tell();
    try {
      const missing = await missingSentence(root, judged);
      if (missing !== undefined) {
        [report, status] = [missing, ''];
        return draw();
      }
      const { warning, ...outcome } = await checkExercise(root, judged, {
        signal,
        onCheck: () => {
          checks++;
          if (!signal.aborted) tell();
        },
      });
      if (signal.aborted) return;
      const show = (remarks: readonly string[]) => {
        [report, status] = [
          `${suiteReport(outcome, terminal)}\n\n${closing(outcome, remarks, terminal)}`,
          warning ?? '',
        ];
        draw();
      };
      show([]);
      const remarks = await compilerRemarks(root, outcome, signal);
      if (remarks.length > 0 && !signal.aborted) show(remarks);
    } catch (error) {
      if (signal.aborted) return;
      [report, status] = [error instanceof KataError ? error.message : String(error), ''];
      draw();
    }
  }

  async function stop(): Promise<void> {
    running?.stop.abort(new Error('A newer save is checked instead.'));
    await running?.done;
  }

  function check(saved: readonly string[] = []): void {
    const before = stop();
    const controller = new AbortController();
    const judged = exercise;
    // The check before must have left the processors, or it would slow this one's timings.
    const done = before.then(() => (controller.signal.aborted ? undefined : judge(controller.signal, judged, saved)));
    running = { stop: controller, done };
  }

  async function open(next: Exercise): Promise<void> {
    await watching?.close();
    exercise = next;
    [report, below, status] = [
      paint(terminal, 'bold', `${next.slug} · ${next.title}`) + `\n\n${texts.read(next)}`,
      '',
      '',
    ];
    check();
    watching = ports.watch(root, next, (names) => {
      below = '';
      check(names);
    });
  }

  async function states() {
    const { progress } = await readProgress(root);
    return Promise.all(course.exercises.map((each) => stateOf(root, each, progress)));
  }

  const actions: Record<string, () => Promise<void> | void> = {
    r: () => check(),
    h: async () => {
      below = hintText(exercise, await revealHint(root, exercise), terminal);
    },
    l: async () => {
      below = exerciseTable(await states(), terminal);
    },
    n: async () => {
      const all = await states();
      const at = course.exercises.indexOf(exercise);
      const next = [...all.slice(at + 1), ...all.slice(0, at)].find(({ state }) => state !== 'solved');
      if (next) await open(next.exercise);
      else below = texts.noOther;
    },
  };

  await open(exercise);
  try {
    for await (const key of ports.keys()) {
      if (key === 'q' || key === '\u0003' || key === '\u0004') break;
      const action = actions[key.toLowerCase()];
      if (!action) continue;
      try {
        await action();
      } catch (error) {
        if (!(error instanceof KataError)) throw error;
        below = error.message;
      }
      draw();
    }
  } finally {
    await watching?.close();
    await stop();
    ports.close();
  }
  terminal.line(texts.bye(exercise));
  return 0;
}

const texts = {
  keys: 'h hint · n next · l list · r run again · q quit',
  read: ({ slug }: Exercise) =>
    `Read exercises/${slug}/README.md, then edit the files beside it; every save is checked here.`,
  checking: ({ slug }: Exercise, saved: readonly string[], checks: number) =>
    `${saved.length === 0 ? '' : `${saved.join(', ')} saved: `}checking ${slug} ` +
    `…${checks === 0 ? '' : ` ${checks} done`}`,
  noOther: 'No other exercise is unsolved. What a grader says of it all: npm run kata grade',
  bye: ({ id }: Exercise) => `Until next time. Go on with npm start, or check once with npm run kata run ${id}`,
};
