// The owner's side of an agent: starts the Worker, gives it jobs, and ends it if it does not come back.
import { createRequire } from 'node:module';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { loaderFlags } from '#src/loader/index.ts';
import { ownArguments, workerFile } from '../common/index.ts';
import { ExplorerError } from '../report/index.ts';
import { Control, Phase, type AgentData, type AgentReply, type Job } from './messages.ts';

/** Where an agent was when it did not come back. */
export interface Stuck {
  kind: 'stuck';
  /** Importing the module, setting the scene, or running a schedule. */
  phase: number;
  /** The schedule so far, packed, with the step that did not come back. */
  order: string;
  /** The lane that was running. */
  lane: string | undefined;
}

/** Code that has ended the agent's thread by other means than an error. */
export interface Gone {
  kind: 'gone';
  code: number;
  error: Error | undefined;
}

export type AgentAnswer = Exclude<AgentReply, { kind: 'lanes' }> | Stuck | Gone;

/** Milliseconds for importing a module; the first import of a TypeScript file loads the compiler. */
const importPatience = 30_000;
/** Milliseconds between two looks at an agent. */
const look = 50;

const warm = new Map<string, PromiseAgent>();

/**
 * Gives a job to the agent of a module; one is started if none is warm. A module is loaded once for each agent, so a
 * later job sees the same instances; an agent in which something went wrong is not used again.
 * @param stuckAfter milliseconds without a beat after which the agent is ended
 */
export async function ask(module: string, job: Job, stuckAfter: number): Promise<AgentAnswer> {
  const idle = warm.get(module);
  warm.delete(module);
  const agent = idle ?? new PromiseAgent(module);
  const answer = await agent.ask(job, stuckAfter);
  const clean =
    answer.kind === 'position' ? answer.clean : answer.kind === 'report' && answer.report.verdict === 'pass';
  if (clean && !warm.has(module)) warm.set(module, agent);
  else await agent.end();
  // Positions are asked for one after the other: the next one need not wait until a Worker has started.
  if (job.task.kind === 'position' && !warm.has(module)) warm.set(module, new PromiseAgent(module));
  return answer;
}

/** Ends all agents that are kept warm. */
export async function closePromiseAgents(): Promise<void> {
  const agents = [...warm.values()];
  warm.clear();
  await Promise.all(agents.map((agent) => agent.end()));
}

/**
 * @param specifier a `#…` or package specifier (resolved from the working directory's package, with this process's
 * conditions), a URL, or a path
 * @returns a URL
 * @throws {ExplorerError} if it leads nowhere
 */
export function moduleUrl(specifier: string | URL): string {
  const text = String(specifier);
  if (/^(file|data|node):/.test(text)) return text;
  if (isAbsolute(text) || text.startsWith('.')) return pathToFileURL(resolve(text)).href;
  try {
    return pathToFileURL(createRequire(pathToFileURL(resolve('package.json'))).resolve(text)).href;
  } catch (error) {
    throw new ExplorerError(
      'module-not-found',
      `The module ${JSON.stringify(text)} was not found from ${process.cwd()}; ` +
        'give a path, a file URL or a name of the imports in package.json.',
      { cause: error },
    );
  }
}

class PromiseAgent {
  readonly #words = new Int32Array(new SharedArrayBuffer(4 * (Control.order + 100_001)));
  readonly #worker: Worker;
  /** Not the Worker's own: the code that is explored has that one, too. */
  readonly #port;
  #lanes: readonly string[] = [];

  constructor(module: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const workerData: AgentData = { control: this.#words.buffer, module, port: port2 };
    this.#worker = new Worker(workerFile('./agent-worker', import.meta.url), {
      workerData,
      transferList: [port2],
      // Code that hoards memory ends its own thread, not the process that judges it.
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      name: `promise explorer of ${module.startsWith('file:') ? fileURLToPath(module) : module}`,
      execArgv: [...ownArguments(), ...loaderFlags],
    });
    // Memory can run out after the answer, too, while the agent is being ended.
    this.#worker.on('error', () => undefined);
    // A kept agent must not keep the process alive.
    this.#worker.unref();
  }

  ask(job: Job, stuckAfter: number): Promise<AgentAnswer> {
    const [worker, port] = [this.#worker, this.#port];
    return new Promise<AgentAnswer>((settle) => {
      const done = (answer: AgentAnswer) => {
        clearInterval(watch);
        port.off('message', onMessage);
        worker.off('error', onError).off('exit', onExit);
        worker.unref();
        settle(answer);
      };
      let failure: Error | undefined;
      const onMessage = (reply: AgentReply) => {
        if (reply.kind === 'lanes') this.#lanes = reply.lanes;
        else done(reply);
      };
      const onError = (error: Error) => (failure = error);
      const onExit = (code: number) => done({ kind: 'gone', code, error: failure });
      port.on('message', onMessage);
      worker.on('error', onError).on('exit', onExit);
      worker.ref();
      // Looks are counted, not milliseconds: on a machine too busy for this thread, the agent is given the same
      // allowance.
      let beats = -1;
      let phase: number = Phase.importing;
      let looks = 0;
      const watch = setInterval(() => {
        const [nowBeats, nowPhase] = [
          Atomics.load(this.#words, Control.beats),
          Atomics.load(this.#words, Control.phase),
        ];
        if (nowBeats !== beats || nowPhase !== phase) looks = 0;
        [beats, phase] = [nowBeats, nowPhase];
        const patience =
          phase === Phase.importing || phase === Phase.idle ? Math.max(importPatience, stuckAfter) : stuckAfter;
        if (++looks * look > patience) done(this.#stuck(phase));
      }, look);
      port.postMessage(job);
    });
  }

  async end(): Promise<void> {
    this.#port.close();
    await this.#worker.terminate();
  }

  #stuck(phase: number): Stuck {
    const codes = this.#words.subarray(Control.order, Control.order + (this.#words[Control.length] as number));
    const lane = this.#lanes.at(this.#words[Control.lane] as number);
    return { kind: 'stuck', phase, order: String.fromCharCode(...codes), lane };
  }
}
