/** The tasks of one schedule: which have not ended yet, and which were killed. Tasks are named by their lane. */
export class TaskList {
  readonly #lanes = new Map<string, number>();
  readonly #running = new Map<number, string>();
  readonly #killed = new Set<number>();

  begin(lane: number, name: string): void {
    this.#lanes.set(name, lane);
    this.#running.set(lane, name);
  }

  /** @throws {Error} if no task has that name */
  laneOf(name: string): number {
    const lane = this.#lanes.get(name);
    if (lane !== undefined) return lane;
    throw new Error(`There is no task named ${JSON.stringify(name)}; give the name of a task of the scene.`);
  }

  /** Notes that a task has come to its end. @returns whether that counts: not if it was killed before */
  end(lane: number): boolean {
    this.#running.delete(lane);
    return !this.#killed.has(lane);
  }

  kill(lane: number): void {
    this.#running.delete(lane);
    this.#killed.add(lane);
  }

  running(lane: number): boolean {
    return this.#running.has(lane);
  }

  killed(lane: number): boolean {
    return this.#killed.has(lane);
  }

  get ended(): boolean {
    return this.#running.size === 0;
  }

  /** @returns the lanes of the tasks that have not ended */
  get lanes(): number[] {
    return [...this.#running.keys()];
  }

  /** @returns their names for a sentence: `A, B and C`; @param otherwise if all have ended */
  names(otherwise: string): string {
    const names = [...this.#running.values()];
    return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? otherwise);
  }
}
