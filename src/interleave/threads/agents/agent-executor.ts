// Threads that live in agents: each body in a real Worker of its own, asked for what it does next.
import { keepAgent, moduleSpecifier, takeAgent } from './agent-pool.ts';
import { Cell, Command, State } from './agent-wire.ts';
import type { SharedWord } from './agent-wire.ts';
import type { RunAnswer, RunRequest } from '../bodies/body-host.ts';
import type { Agent, Part } from './agent.ts';
import type { Cast } from './open-executor.ts';
import { runInLockstep } from './lockstep.ts';
import type { Model } from '../model/model.ts';
import type { HistoryNode } from '../model/history.ts';
import type { CheckedProgram } from '../model/check-program.ts';
import { SourceSites } from '../bodies/source-sites.ts';
import type { Site } from '../bodies/source-sites.ts';
import { absorb, disown, locatable, locate } from '../model/executor.ts';
import type { TraceStep } from '../search/trace.ts';

/** Visible steps of one thread beyond the step limit that a wire has room for: a livelock is told by going on for a while. */
const EXTRA_STEPS = 2000;

interface Seat {
  readonly part: Part;
  agent: Agent;
  /** The agent's source positions so far, by its own numbers. */
  sites: Site[];
}

/** The cast of a program whose bodies are exports of a module. */
export class AgentProgram implements Cast {
  readonly sites = new SourceSites();
  private readonly program: CheckedProgram;
  private readonly words: readonly SharedWord[];
  private readonly seats: readonly Seat[];
  /** New steps to ask for at most, where a longer run got stuck. */
  private readonly cautious = new WeakMap<HistoryNode, number>();
  private stepsWhenStuck = 0;

  private constructor(program: CheckedProgram, seats: readonly Seat[]) {
    this.program = program;
    this.seats = seats;
    this.words = sharedWords(program);
  }

  /** @throws {Error} if the module cannot be imported or lacks a body */
  static async open(program: CheckedProgram): Promise<AgentProgram> {
    const module = moduleSpecifier(program.module!);
    const seats = program.lanes.map(({ name, body, args }) => ({
      part: { name, module, body: body as string, args },
      agent: takeAgent(module),
      sites: [],
    }));
    const cast = new AgentProgram(program, seats);
    const opened = await Promise.allSettled(seats.map((seat) => cast.openSeat(seat)));
    const failed = opened.find((result) => result.status === 'rejected');
    if (!failed) return cast;
    for (const { agent } of seats) agent.terminate();
    throw failed.reason as Error;
  }

  extend(thread: number, model: Model, steps: number): boolean {
    const node = model.nodes[thread]!;
    const answer = this.ask(thread, {
      results: node.results(),
      memory: model.state.buffer,
      sleepers: model.sleepers(),
      steps: this.cautious.get(node) ?? steps,
      locate: false,
    });
    if (answer === 'away') return false;
    if (answer === 'stuck') {
      const done = this.stepsWhenStuck - node.depth;
      // It got further before it stuck: the next agent is asked for these steps only, so that the schedule shows them.
      if (done > 0) {
        this.cautious.set(node, done - 1);
        return false;
      }
      node.end = { how: 'stuck', message: `ran on for ${this.program.stuckAfter} ms without a visible step` };
    } else if (!absorb(node, answer, (site) => this.siteOf(thread, site))) {
      const again = this.ask(thread, {
        results: node.results(),
        memory: model.state.buffer,
        sleepers: [],
        steps: 0,
        locate: true,
      });
      disown(node, typeof again === 'string' ? [] : again.steps, this.program.layout);
    }
    return true;
  }

  async locate(model: Model): Promise<void> {
    for (let thread = 0; thread < model.threads; thread++) {
      const node = locatable(thread, model);
      if (!node) continue;
      const request = { results: node.results(), memory: model.state.buffer, sleepers: [], steps: 0, locate: true };
      let answer = this.ask(thread, request);
      if (answer === 'away') {
        await this.revive();
        answer = this.ask(thread, request);
      }
      if (typeof answer !== 'string') locate(node, answer.steps, (site) => this.siteOf(thread, site));
    }
  }

  /** @returns `away` if the agent must be replaced first, `stuck` if it did not answer and is gone */
  private ask(thread: number, request: RunRequest): RunAnswer | 'away' | 'stuck' {
    const seat = this.seats[thread]!;
    const { agent } = seat;
    const { stuckAfter } = this.program;
    if (agent.gone) return 'away';
    const wire = agent.wire!;
    // An agent that has answered may still be leaving its body; one that never leaves is replaced.
    if (
      Atomics.load(wire.cells, Cell.STATE) === State.ANSWERED &&
      agent.awaitChange(State.ANSWERED, stuckAfter) === undefined
    ) {
      agent.terminate();
      return 'away';
    }
    wire.writeRequest(request);
    agent.send(Command.RUN);
    if (agent.awaitChange(State.REQUESTED, stuckAfter) === undefined) {
      this.stepsWhenStuck = Atomics.load(wire.cells, Cell.PROGRESS);
      agent.terminate();
      return 'stuck';
    }
    const answer = wire.readAnswer();
    seat.sites.push(...answer.sites);
    return answer;
  }

  private siteOf(thread: number, site: number): number {
    return site < 0 ? -1 : this.sites.intern(this.seats[thread]!.sites[site]!);
  }

  async revive(): Promise<void> {
    for (const seat of this.seats) {
      if (!seat.agent.gone) continue;
      seat.agent = takeAgent(seat.part.module);
      seat.sites = [];
      await this.openSeat(seat);
    }
  }

  async demonstrate(trace: readonly TraceStep[]): Promise<boolean> {
    await this.revive();
    for (const word of this.words) initialize(word, this.program);
    const same = runInLockstep(
      this.seats.map(({ agent }) => agent),
      this.words,
      trace,
      this.program.stuckAfter,
    );
    for (const word of this.words) initialize(word, this.program);
    return same;
  }

  release(): void {
    for (const { agent, part } of this.seats)
      if (!agent.gone && agent.close(this.program.stuckAfter)) keepAgent(agent, part.module);
  }

  private openSeat({ agent, part }: Seat): Promise<void> {
    return agent.open(part, this.words, this.program.layout.byteLength, this.program.steps + EXTRA_STEPS);
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
