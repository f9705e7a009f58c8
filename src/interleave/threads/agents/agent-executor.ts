// Bodies that are exports of a module: each runs in a real Worker, asked for what it does next.
import { growHistory, markNotDeterministic, nodeToLocate, setSites } from '../model/index.ts';
import type { CheckedProgram, Executor, HistoryNode, Model, TraceStep } from '../model/index.ts';
import { SourceSites } from '../steps/index.ts';
import type { RunAnswer, RunRequest, Site } from '../steps/index.ts';
import type { Agent, BodyOfThread } from './agent.ts';
import { keepAgent, moduleSpecifier, takeAgent } from './agent-pool.ts';
import { runInLockstep } from './lockstep.ts';
import type { SharedWord } from './messages.ts';
import { Cell, Command, State } from './wire-cells.ts';

/** Visible steps of one thread beyond the step limit that a wire has room for: a livelock shows only after a while. */
const EXTRA_STEPS = 2000;

interface AgentOfThread {
  readonly body: BodyOfThread;
  agent: Agent;
  /** The agent's source positions so far, by its own numbers. */
  sites: Site[];
}

/** Runs bodies in agents. */
export class AgentExecutor implements Executor {
  readonly sites = new SourceSites();
  readonly #program: CheckedProgram;
  readonly #words: readonly SharedWord[];
  readonly #threads: readonly AgentOfThread[];
  /** New steps to ask for at most, where a longer run got stuck. */
  readonly #cautious = new WeakMap<HistoryNode, number>();
  #stepsWhenStuck = 0;

  constructor(program: CheckedProgram, threads: readonly AgentOfThread[]) {
    this.#program = program;
    this.#threads = threads;
    this.#words = sharedWords(program);
  }

  /** @throws {ExplorerError} if the module cannot be imported or lacks a body */
  static async open(program: CheckedProgram): Promise<AgentExecutor> {
    const module = moduleSpecifier(program.module!);
    const threads = program.threads.map(({ name, body, args }) => ({
      body: { name, module, body: body as string, args },
      agent: takeAgent(module),
      sites: [],
    }));
    const executor = new AgentExecutor(program, threads);
    const opened = await Promise.allSettled(threads.map((thread) => executor.#open(thread)));
    const failed = opened.find((result) => result.status === 'rejected');
    if (!failed) return executor;
    for (const { agent } of threads) agent.terminate();
    throw failed.reason as Error;
  }

  extend(thread: number, model: Model, steps: number): boolean {
    const node = model.nodes[thread]!;
    const answer = this.#ask(thread, {
      results: node.results(),
      memory: model.state.buffer,
      sleepers: model.sleepers(),
      steps: this.#cautious.get(node) ?? steps,
      locate: false,
    });
    if (answer === 'agent-gone') return false;
    if (answer === 'stuck') {
      const done = this.#stepsWhenStuck - node.depth;
      // It got further before it stuck: the next agent is asked for these steps only, so that the schedule shows them.
      if (done > 0) {
        this.#cautious.set(node, done - 1);
        return false;
      }
      node.end = {
        how: 'stuck',
        message: `ran on for ${this.#program.stuckAfter} ms without an access to shared memory`,
      };
    } else if (!growHistory(node, answer, (site) => this.#siteOf(thread, site))) {
      const again = this.#ask(thread, {
        results: node.results(),
        memory: model.state.buffer,
        sleepers: [],
        steps: 0,
        locate: true,
      });
      markNotDeterministic(node, typeof again === 'string' ? [] : again.steps, this.#program.layout);
    }
    return true;
  }

  async locate(model: Model): Promise<void> {
    for (let thread = 0; thread < model.threads; thread++) {
      const node = nodeToLocate(thread, model);
      if (!node) continue;
      const request = { results: node.results(), memory: model.state.buffer, sleepers: [], steps: 0, locate: true };
      let answer = this.#ask(thread, request);
      if (answer === 'agent-gone') {
        await this.revive();
        answer = this.#ask(thread, request);
      }
      if (typeof answer !== 'string') setSites(node, answer.steps, (site) => this.#siteOf(thread, site));
    }
  }

  /** @returns `agent-gone` if the agent must be replaced first, `stuck` if it did not answer and is gone */
  #ask(thread: number, request: RunRequest): RunAnswer | 'agent-gone' | 'stuck' {
    const asked = this.#threads[thread]!;
    const { agent } = asked;
    const { stuckAfter } = this.#program;
    if (agent.gone) return 'agent-gone';
    const wire = agent.wire!;
    // An agent that has answered may still be leaving its body; one that never leaves is replaced.
    if (
      Atomics.load(wire.cells, Cell.STATE) === State.ANSWERED &&
      agent.awaitChange(State.ANSWERED, stuckAfter) === undefined
    ) {
      agent.terminate();
      return 'agent-gone';
    }
    wire.writeRequest(request);
    agent.send(Command.RUN);
    if (agent.awaitChange(State.REQUESTED, stuckAfter) === undefined) {
      this.#stepsWhenStuck = Atomics.load(wire.cells, Cell.PROGRESS);
      agent.terminate();
      return 'stuck';
    }
    const answer = wire.readAnswer();
    asked.sites.push(...answer.sites);
    return answer;
  }

  #siteOf(thread: number, site: number): number {
    return site < 0 ? -1 : this.sites.intern(this.#threads[thread]!.sites[site]!);
  }

  async revive(): Promise<void> {
    for (const each of this.#threads) {
      if (!each.agent.gone) continue;
      each.agent = takeAgent(each.body.module);
      each.sites = [];
      await this.#open(each);
    }
  }

  async demonstrate(trace: readonly TraceStep[]): Promise<boolean> {
    await this.revive();
    for (const word of this.#words) initialize(word, this.#program);
    const same = runInLockstep(
      this.#threads.map(({ agent }) => agent),
      this.#words,
      trace,
      this.#program.stuckAfter,
    );
    for (const word of this.#words) initialize(word, this.#program);
    return same;
  }

  release(): void {
    for (const { agent, body } of this.#threads)
      if (!agent.gone && agent.close(this.#program.stuckAfter)) keepAgent(agent, body.module);
  }

  #open({ agent, body }: AgentOfThread): Promise<void> {
    return agent.open(body, this.#words, this.#program.layout.byteLength, this.#program.steps + EXTRA_STEPS);
  }
}

function sharedWords({ layout }: CheckedProgram): SharedWord[] {
  const memory = new ArrayBuffer(layout.byteLength);
  layout.initialize(memory);
  return layout.words.map((word) => {
    const bytes = Math.ceil((word.length * word.bytes) / 8) * 8;
    const buffer = new SharedArrayBuffer(bytes);
    new Uint8Array(buffer).set(new Uint8Array(memory, word.offset, bytes));
    return { name: word.name, type: word.type, offset: word.offset, length: word.length, buffer };
  });
}

function initialize(shared: SharedWord, { layout }: CheckedProgram): void {
  const memory = new ArrayBuffer(layout.byteLength);
  layout.initialize(memory);
  const word = layout.words.find(({ name }) => name === shared.name)!;
  new Uint8Array(shared.buffer).set(new Uint8Array(memory, word.offset, shared.buffer.byteLength));
}
