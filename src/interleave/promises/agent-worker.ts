// The thread in which scenarios and the code under test run. It is started by agent.ts, which watches it from outside.
import { format } from 'node:util';
import { MessagePort, workerData } from 'node:worker_threads';
import { demonstrate, exploreAll, replayOne, showDoomed, type LoadedScenario } from './jobs.ts';
import { positionJob } from './position-job.ts';
import { Control, Phase, type AgentData, type AgentReply, type Job } from './messages.ts';
import {
  describe,
  failCurrent,
  failureOf,
  installClock,
  laneHere,
  position,
  takeLog,
  timerTaker,
} from './run/index.ts';
import * as run from './run/index.ts';
import type { Scenario } from './run/index.ts';

const data = workerData as Partial<AgentData> | null;
if (!data?.port) throw new Error('This file is the body of a Worker; call explorePromises instead.');
const { control, module, port } = data as AgentData;
const words = new Int32Array(control);
// The code under test runs in this thread: it must not find the port, nor change how something is posted there.
delete data.port;
delete data.control;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver
const { postMessage } = MessagePort.prototype;
const { apply } = Reflect;
const say = (reply: AgentReply) => apply(postMessage, port, [reply]);
for (const each of Object.values(run)) if (typeof each === 'function' && each.prototype) Object.freeze(each.prototype);

installClock(timerTaker);
installConsole();
process.on('unhandledRejection', (reason) => {
  const sentence = `A promise was rejected with ${describe(reason)}${position(reason)} and nobody handled it.`;
  failCurrent(failureOf('unhandled rejection', 'unhandled-rejection', sentence, reason));
});
process.on('uncaughtException', (error) => {
  const sentence = `${describe(error)} was thrown where nobody could catch it${position(error)}.`;
  failCurrent(failureOf('threw', 'thrown', sentence, error));
});
process.exit = (code?: number) => {
  const stop = new Error('process.exit ends here');
  const sentence = `${laneHere() ?? 'The scenario'} called process.exit(${code ?? ''})${position(stop)}.`;
  failCurrent({ verdict: 'threw', reason: 'process-exit', sentence });
  throw stop;
};

port.on('message', (job: Job) => {
  void work(job).catch((error: unknown) =>
    say({
      kind: 'error',
      reason: 'explorer-fault',
      sentence: `The explorer failed: ${describe(error)}; please report this with the program.`,
      stack: (error as Error).stack,
    }),
  );
});

async function work(job: Job): Promise<void> {
  const scenario = await load(job.scenario);
  if (!scenario) return;
  Atomics.store(words, Control.phase, Phase.setting);
  const program: LoadedScenario = {
    scenario,
    args: job.args,
    module,
    source: job.source,
    limits: {
      steps: job.steps,
      starts: job.starts,
      alive(order, lane) {
        if (order.length > 0) words[Control.order + order.length - 1] = order.charCodeAt(order.length - 1);
        words[Control.length] = order.length;
        words[Control.lane] = lane;
        Atomics.add(words, Control.beats, 1);
      },
      sceneSet(lanes) {
        if (Atomics.exchange(words, Control.phase, Phase.running) === Phase.setting) say({ kind: 'lanes', lanes });
      },
    },
  };
  const reply = await carryOut(program, job.task);
  Atomics.store(words, Control.phase, Phase.idle);
  say(reply);
}

async function carryOut(program: LoadedScenario, task: Job['task']): Promise<AgentReply> {
  switch (task.kind) {
    case 'explore':
      return exploreAll(program, task);
    case 'replay': {
      const report = await replayOne(program, task.schedule);
      return typeof report === 'string'
        ? { kind: 'error', reason: 'invalid-schedule', sentence: report, stack: undefined }
        : { kind: 'report', report };
    }
    case 'position': {
      const reply = await positionJob(program, task);
      return typeof reply === 'string'
        ? { kind: 'error', reason: 'invalid-schedule', sentence: reply, stack: undefined }
        : reply;
    }
    case 'demonstrate':
      return { kind: 'report', report: await demonstrate(program, task) };
    case 'show':
      return { kind: 'report', report: await showDoomed(program, task) };
  }
}

async function load(name: string): Promise<Scenario<never[]> | undefined> {
  Atomics.store(words, Control.phase, Phase.importing);
  let exported: Record<string, unknown>;
  try {
    exported = (await import(module)) as Record<string, unknown>;
  } catch (error) {
    // A syntax error names its place itself; its stack leads to whoever read the file.
    const place = error instanceof SyntaxError ? '' : position(error);
    say({
      kind: 'error',
      reason: 'module-load-failed',
      sentence: `The scenario module could not be loaded: ${describe(error)}${place}; mend it and run again.`,
      stack: (error as Error).stack,
    });
    return undefined;
  }
  const scenario = exported[name];
  if (typeof scenario === 'function') return scenario as Scenario<never[]>;
  const there = Object.keys(exported).filter((each) => typeof exported[each] === 'function');
  const wanted = there.length > 0 ? `wanted one of ${there.join(', ')}` : 'and it exports no function at all';
  say({
    kind: 'error',
    reason: 'missing-export',
    sentence:
      `The scenario module exports no function named ${JSON.stringify(name)}, ${wanted}; ` +
      'give the name of an exported scenario.',
    stack: undefined,
  });
  return undefined;
}

/** What the code prints becomes a line of its timeline. Thousands of schedules would print it thousands of times. */
function installConsole(): void {
  for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) {
    const print = console[name].bind(console);
    console[name] = (...values: unknown[]) => {
      if (!takeLog(() => `${name}: ${oneLine(format(...values))}`)) print(...values);
    };
  }
}

const oneLine = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text).replace(/\s*\n\s*/g, ' ⏎ ');
