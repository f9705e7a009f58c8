import { load, observationOf } from './call.ts';
import type { GuestProcess } from './guest-process.ts';
import type { Observation } from './observation.ts';
import { standStill, takeGuest } from './spares.ts';
import type { Subject } from './subject.ts';
import { cpuSoFar, supervise } from './supervision.ts';

/** One process that several calls share. A call that does not settle ends it. */
export class Session<M> {
  readonly #guest: GuestProcess;
  readonly #subject: Subject;
  #loaded = false;
  #ended = false;

  private constructor(guest: GuestProcess, subject: Subject) {
    this.#guest = guest;
    this.#subject = subject;
  }

  /** @returns a session whose process is ready, no other just starting */
  static async open<M>(subject: Subject): Promise<Session<M>> {
    const guest = await takeGuest(false, subject.role);
    await standStill();
    return new Session<M>(guest, subject);
  }

  /**
   * @param name an exported function
   * @param args what it gets
   * @returns what was seen of this one call; `left` stays empty, since the process goes on
   * @throws {Error} where an earlier call has ended the process
   */
  async call<K extends keyof M & string>(
    name: K,
    ...args: M[K] extends (...args: infer A) => unknown ? A : never
  ): Promise<Observation<M[K] extends (...args: never[]) => infer R ? Awaited<R> : never>> {
    type Result = Observation<M[K] extends (...args: never[]) => infer R ? Awaited<R> : never>;
    if (this.#ended) throw new Error(`The session's process is gone: ${name} cannot be called in it any more.`);
    if (!this.#loaded) {
      const failed = await load(this.#guest, this.#subject, name, args);
      if (failed !== undefined) {
        await this.close();
        return failed as Result;
      }
      this.#loaded = true;
    }
    const went = await supervise(this.#guest, { kind: 'call', name, args }, this.#subject.limits);
    if (went.ended.by !== 'reply' || went.ended.reply.kind === 'idle') await this.close();
    return (await observationOf(this.#guest, this.#subject, name, args, went, [])) as Result;
  }

  /** CPU time of the process and of all that it has started, ms: it hardly grows between two calls if it is at rest. */
  get cpuMilliseconds(): number | undefined {
    return this.#ended ? undefined : cpuSoFar(this.#guest);
  }

  /** Ends the process and all it started; twice is harmless. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#guest.end();
  }
}
