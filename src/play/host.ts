// Runs the reader's code in a separate process, since it may hang, exit or fill the memory. host-process.ts is the
// other side. argv: URL of the module with the programs, number of the exercise (or nothing).
import { sep } from 'node:path';
import { ownFiles } from '#src/exploration/index.ts';
import { Positions, promisePositionAfter } from '#src/interleave/index.ts';
import type { Position } from '#src/interleave/index.ts';
import { goalOf } from './goal.ts';
import type { HostCalls, ViewRequest } from './page-data.ts';
import { findProgram, loadPrograms, type NamedProgram, type Playable } from './programs.ts';
import { viewOf, type IsOwn } from './view.ts';

const [url = '', exercise = ''] = process.argv.slice(2);
const isOwn: IsOwn = exercise === '' ? (file) => !file.includes('/node_modules/') : ownFiles(exercise);

let loading: Promise<NamedProgram[]> | undefined;
const programs = () => (loading ??= loadPrograms(url));

const calls: HostCalls = {
  programs: async () => (await programs()).map(({ name, sentence, task }) => ({ name, sentence, task })),
  async view({ program: name, schedule, steps }: ViewRequest) {
    const { make, endsAsleep } = findProgram(await programs(), name);
    const whole = await standAtEnd(name, make, schedule);
    const at = steps !== undefined && steps < whole.steps ? await stand(name, make, schedule, steps) : whole;
    return viewOf(whole, at, isOwn, endsAsleep);
  },
  async goal(name) {
    const { make, endsAsleep } = findProgram(await programs(), name);
    return goalOf(make(), endsAsleep);
  },
};

/** The last one: to undo and redo, the whole schedule need not be run again. */
let last: { readonly key: string; readonly position: Position } | undefined;

async function standAtEnd(name: string, make: () => Playable, schedule: string): Promise<Position> {
  const key = `${name} ${schedule}`;
  if (last?.key === key) return last.position;
  const position = await stand(name, make, schedule);
  last = { key: `${name} ${position.token}`, position: { ...position, left: undefined } };
  return position;
}

/** The program of threads that is played, and stays loaded: a step is faster then. */
let loaded: { readonly name: string; readonly positions: Promise<Positions> } | undefined;

async function stand(name: string, make: () => Playable, schedule: string, steps?: number): Promise<Position> {
  if (loaded?.name === name) return (await loaded.positions).after(schedule, steps);
  // What kept it from loading has been told.
  void loaded?.positions.then(
    (positions) => positions.release(),
    () => undefined,
  );
  loaded = undefined;
  const program = make();
  if ('scenario' in program) return promisePositionAfter({ ...program, schedule, steps });
  loaded = { name, positions: Positions.open(program) };
  return (await loaded.positions).after(schedule, steps);
}

/** For a file that does not parse, its place: the module that imports it means nothing to the reader. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, message } = error;
  if (!(cause instanceof SyntaxError)) return message;
  const place = cause.message.replaceAll(`${process.cwd()}${sep}`, '');
  return `Your code does not compile: ${place} Correct it and save: this page goes on by itself.`;
}

process.on('message', ({ id, name, args }: { id: number; name: keyof HostCalls; args: [never] }) => {
  void Promise.resolve()
    .then((): unknown => calls[name](...args))
    .then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, error: sentenceOf(error) }),
    );
});
process.on('disconnect', () => process.exit());
