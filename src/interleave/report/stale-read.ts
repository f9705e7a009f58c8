import type { Cause, Trail } from './trail.ts';

/** A read, a write of another lane to the same word, and the write of the first lane that came too late. */
interface Stale {
  readonly read: number;
  readonly between: number;
  readonly write: number;
  readonly word: string;
}

/** @returns the read of the reader's own code whose value was out of date when its lane used it */
export function staleRead(trail: Trail): Cause | undefined {
  const found = staleReads(trail).find(({ read }) => trail.isDirect(read));
  if (!found) return undefined;
  const { rows, lanes } = trail;
  const { read, between, write, word } = found;
  const [reader, writer] = [lanes[rows[read]!.lane]!, lanes[rows[between]!.lane]!];
  const what = word === '' ? '' : ` ${word}`;
  const sentence =
    `${reader} read${what} at step ${rows[read]!.step}, ${writer} changed it at step ${rows[between]!.step}, and ` +
    `${reader} went on with the old value at step ${rows[write]!.step}.`;
  return trail.cause(read, sentence);
}

/**
 * Two lanes are in the critical section, which is not the reader's: the cause lies in the lock.
 * @returns the last row of the lane that came second, before it went in; or the release that let it in
 */
export function insideCause(trail: Trail): Cause | undefined {
  const { rows } = trail;
  const unheld = trail.releaseOfFree();
  if (unheld) return unheld;
  const stale = staleReads(trail).find(({ read }) => !trail.isDirect(read));
  const inside = stale ?? conflict(trail);
  if (!inside) return undefined;
  const entries = [inside.read, inside.between].map((at) => {
    const first = firstUse(trail, at, inside.word);
    return { lane: rows[at]!.lane, use: first, entry: trail.lastOwn(first, rows[at]!.lane) };
  });
  const [one, two] = entries.sort((a, b) => a.use - b.use);
  if (!one || !two) return undefined;
  if (two.entry === undefined) return trail.cause(one.entry);
  const second = trail.nameAt(two.use);
  const went = `${second} went on after step ${rows[two.entry]!.step} while ${trail.nameAt(one.use)} was inside.`;
  const taken = rows[two.entry]!.access;
  // A check and a change in one step took a free lock. So somebody had released it, or the first never took it.
  if (!taken?.reads || !taken.writes || taken.plain) return trail.cause(two.entry, went);
  if (one.entry !== undefined && rows[one.entry]!.access?.word === taken.word && !rows[one.entry]!.access?.writes)
    return trail.cause(one.entry, went);
  const release = rows.findLastIndex(
    ({ access }, at) => at < two.entry! && access?.word === taken.word && access.writes && trail.changes(at),
  );
  if (one.entry === undefined || release <= one.entry || !trail.placeOf(release)) return trail.cause(two.entry, went);
  const released = `${trail.nameAt(release)} released ${taken.word} at step ${rows[release]!.step}`;
  return trail.cause(release, `${released} while ${trail.nameAt(one.use)} was inside, so ${second} could go in.`);
}

/** The first row of the lane's visit to a word that the row at `at` belongs to. */
function firstUse(trail: Trail, at: number, word: string): number {
  const { lane } = trail.rows[at]!;
  let first = at;
  for (let before = at - 1; before >= 0; before--) {
    const row = trail.rows[before]!;
    if (row.lane !== lane) continue;
    if (row.access?.word !== word) break;
    first = before;
  }
  return first;
}

/** The last two accesses of different lanes to one word outside the reader's code, one of them a write. */
function conflict({ rows, isDirect }: Trail): Pick<Stale, 'read' | 'between' | 'word'> | undefined {
  for (let read = rows.length - 1; read >= 0; read--) {
    const { lane, access } = rows[read]!;
    if (!access?.plain || isDirect(read)) continue;
    const between = rows.findLastIndex(
      (other, at) =>
        at < read &&
        other.lane !== lane &&
        other.access?.word === access.word &&
        (other.access.writes || access.writes),
    );
    if (between >= 0) return { read, between, word: access.word };
  }
  return undefined;
}

/** All stale reads, those first whose lane did not read the word again before it wrote. */
function staleReads(trail: Trail): Stale[] {
  const { rows } = trail;
  const fresh: Stale[] = [];
  const checked: Stale[] = [];
  for (const [read, row] of rows.entries()) {
    const use = useOf(trail, read);
    if (!use?.reads || use.writes) continue;
    let between = -1;
    let again = false;
    for (let at = read + 1; at < rows.length; at++) {
      const other = useOf(trail, at);
      if (other?.word !== use.word) continue;
      if (rows[at]!.lane !== row.lane) {
        if (other.writes && trail.changes(at) && between < 0) between = at;
      } else if (other.writes) {
        // A compareExchange that succeeds has looked again in the same step.
        if (between >= 0 && !other.reads) (again ? checked : fresh).push({ read, between, write: at, word: use.word });
        break;
      } else again ||= between >= 0;
    }
  }
  return [...fresh, ...checked];
}

/** What a row does to memory. Of a step of promises, only its label and a change of the state are known. */
function useOf(trail: Trail, at: number): { word: string; reads: boolean; writes: boolean } | undefined {
  const { access, step, file, text } = trail.rows[at]!;
  if (access) return access.woke === undefined && !access.sleeps ? access : undefined;
  if (step === undefined || file === undefined) return undefined;
  const writes = trail.changes(at) || /^write\b/.test(text);
  return { word: '', reads: !writes && text.includes(' → '), writes };
}
