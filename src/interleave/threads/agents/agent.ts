// The search's side of an agent: starts the Worker, asks, and waits for the answer without giving the event loop a
// turn.
import { Worker } from 'node:worker_threads';
import { loaderFlags } from '#src/loader/index.ts';
import { ownArguments, workerFile } from '../../common/index.ts';
import { ExplorerError } from '../../report/index.ts';
import type { ErrorReason } from '../../report/index.ts';
import { AgentWire } from './agent-wire.ts';
import type { OpenMessage, OpenReply, SharedWord } from './messages.ts';
import { Cell, Command, SPINS, State } from './wire-cells.ts';

/** Milliseconds that a module may take to be imported. */
const IMPORT_LIMIT = 30_000;

/** What an agent is to run. */
export interface BodyOfThread {
  /** Thread name, for messages. */
  readonly name: string;
  readonly module: string;
  readonly body: string;
  readonly args: readonly unknown[];
}

/** One Worker that runs one thread body. */
export class Agent {
  /** Set while it serves an exploration. */
  wire: AgentWire | undefined;
  /** It was terminated, or ended by itself. */
  gone = false;
  readonly #worker: Worker;

  constructor() {
    this.#worker = new Worker(workerFile('./agent-worker', import.meta.url), {
      execArgv: [...ownArguments(), ...loaderFlags],
    });
    this.#worker.on('error', () => (this.gone = true));
    this.#worker.on('exit', () => (this.gone = true));
    this.#worker.unref();
  }

  /**
   * Imports the module and readies the body.
   * @param capacity visible steps of one run
   * @throws {ExplorerError} if the import failed, or the body is not among the exports
   */
  async open(
    { name, module, body, args }: BodyOfThread,
    words: readonly SharedWord[],
    memoryBytes: number,
    capacity: number,
  ): Promise<void> {
    this.wire = new AgentWire(memoryBytes, capacity);
    const reply = await this.#ask({ module, body, args, wire: this.wire.buffer, words, memoryBytes, capacity });
    if (reply.opened) return;
    const { reason } = reply;
    if (reason === 'missing-export') {
      const there = reply.exported.length > 0 ? `exports ${reply.exported.join(', ')}` : 'exports no function';
      throw new ExplorerError(
        reason,
        `Thread ${name} wants the function \`${body}\` of ${module}, but it ${there}: export it, or name another.`,
      );
    }
    const { cause } = reply;
    const why = cause instanceof Error ? `${cause.name}: ${cause.message.split('\n')[0]!}` : String(cause);
    throw new ExplorerError(reason, `The module ${module} cannot be imported: ${why}`, { cause });
  }

  /** Sets the agent going. */
  send(command: number): void {
    const { cells } = this.wire!;
    cells[Cell.COMMAND] = command;
    Atomics.store(cells, Cell.PROGRESS, 0);
    this.grant(State.REQUESTED);
  }

  /** Changes the agent's state and wakes it. */
  grant(state: number): void {
    const { cells } = this.wire!;
    Atomics.store(cells, Cell.STATE, state);
    Atomics.notify(cells, Cell.STATE);
  }

  /**
   * Waits while the agent's state is `state`.
   * @param limit milliseconds without a step after which it gives up
   * @returns the new state, undefined if there was none in time
   */
  awaitChange(state: number, limit: number): number | undefined {
    const { cells } = this.wire!;
    for (let spin = SPINS; spin > 0; spin--) {
      const now = Atomics.load(cells, Cell.STATE);
      if (now !== state) return now;
    }
    for (let progress = Atomics.load(cells, Cell.PROGRESS); ;) {
      const slept = Atomics.wait(cells, Cell.STATE, state, limit);
      const now = Atomics.load(cells, Cell.STATE);
      if (now !== state) return now;
      // On a busy machine a run may be slow; as long as it does steps it is not stuck.
      const later = Atomics.load(cells, Cell.PROGRESS);
      if (slept === 'timed-out' && later === progress) return undefined;
      progress = later;
    }
  }

  /** Ends the exploration; the agent is ready for another. False: it did not come to rest, and is gone. */
  close(limit: number): boolean {
    const { wire } = this;
    this.wire = undefined;
    if (this.gone || !wire) return !this.gone;
    this.wire = wire;
    const rested =
      Atomics.load(wire.cells, Cell.STATE) === State.ANSWERED
        ? this.awaitChange(State.ANSWERED, limit)
        : Atomics.load(wire.cells, Cell.STATE);
    if (rested === State.IDLE || rested === State.ENDED) {
      this.send(Command.CLOSE);
      this.wire = undefined;
      return true;
    }
    this.terminate();
    return false;
  }

  /** Ends the Worker, whatever it does. */
  terminate(): void {
    this.gone = true;
    this.wire = undefined;
    void this.#worker.terminate();
  }

  async #ask(message: OpenMessage): Promise<OpenReply> {
    const worker = this.#worker;
    worker.ref();
    let done: (() => void) | undefined;
    try {
      return await new Promise<OpenReply>((resolve, reject) => {
        const lost = (reason: ErrorReason, why: string) =>
          reject(new ExplorerError(reason, `The module ${message.module} cannot be imported: ${why}.`));
        const timer = setTimeout(() => {
          this.terminate();
          lost('import-timeout', `its import did not end within ${IMPORT_LIMIT / 1000} s`);
        }, IMPORT_LIMIT);
        const onError = (error: unknown) =>
          lost('module-load-failed', error instanceof Error ? error.message : String(error));
        const onExit = (code: number) => lost('agent-ended', `it ended its thread with exit code ${code}`);
        done = () => {
          clearTimeout(timer);
          worker.off('message', resolve).off('error', onError).off('exit', onExit);
        };
        worker.once('message', resolve).once('error', onError).once('exit', onExit);
        worker.postMessage(message);
      });
    } finally {
      done?.();
      worker.unref();
    }
  }
}
