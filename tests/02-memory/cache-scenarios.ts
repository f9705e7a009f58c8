// Runs in the student's process, inside the arena. Values are made and dropped in functions that are not async: a
// suspended function would keep them alive.
import { createHook } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { collectGarbage, collectNow } from '#kata/02-memory/collect-garbage.ts';
import { WeakCache } from '#kata/02-memory/weak-cache.ts';
import { rethrowNotImplemented } from '#src/verdict/index.ts';

interface Value {
  name: string;
}

/** Far more requests than any cache has needed to remove its entries. */
const mostRequests = 10;

/** What a scenario returns if this runtime doesn't collect on request. */
export type NoCollection = 'no collection';

/**
 * Requests collections until the goal is reached, at least three times: by then all finalizers have run.
 * @returns false if this runtime doesn't collect on request
 */
async function collectUntil(reached: () => boolean): Promise<boolean> {
  for (let requests = 0; requests < 3 || (requests < mostRequests && !reached()); requests++)
    if (!(await collectGarbage())) return false;
  return true;
}

const never = () => false;
const alive = (references: readonly WeakRef<object>[]) => references.filter((each) => each.deref()).length;

/** Calls a function without a trace of its variables on the stack of the caller. */
const apart = <T>(make: () => T): T => make();

const describeValue = (value: Value | undefined) => (value ? `'${value.name}'` : String(value));

/** Makes a call of the cache. @throws {Error} one that names the call, from the same place, if the cache throws */
function calling<T>(call: string, hint: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    rethrowNotImplemented(error);
    const failure = new Error(`${call} of a WeakCache threw ${String(error)}. ${hint}`);
    throw Object.assign(failure, error instanceof Error ? { stack: error.stack } : {});
  }
}

const missing = 'It must return undefined for a key that has no value.';

/** All kinds of keys, each with a live value. Returns what came for keys whose value is not the very same object. */
export async function liveValues(): Promise<NoCollection | { before: string[]; after: string[]; unknown: string }> {
  const cache = new WeakCache<unknown, Value>();
  const keys = [0, '0', '', 'tea', NaN, null, 'null', undefined, false, Symbol.iterator, { id: 7 }, { id: 8 }, 10n];
  const values = keys.map((key) => ({ name: inspect(key) }));
  for (const [at, key] of keys.entries())
    calling(`set(${inspect(key)}, value)`, 'A key may be of any type.', () => cache.set(key, values[at] as Value));
  const wrong = () =>
    keys.flatMap((key, at) => {
      const got = cache.get(key);
      if (got === values[at]) return [];
      const other = got && keys[values.indexOf(got)];
      const what =
        got === undefined ? 'undefined' : values.includes(got) ? `the value of ${inspect(other)}` : 'another object';
      return [`${what} for ${inspect(key)}`];
    });
  const before = wrong();
  if (!(await collectUntil(never))) return 'no collection';
  const unknown = calling("get('never set')", missing, () => describeValue(cache.get('never set')));
  return { before, after: wrong(), unknown };
}

/** @returns sizes: of an empty cache, with two keys, after one of them got another value, and with `many` more */
export function sizes(many: number): { sizes: number[]; lost: number } {
  const cache = new WeakCache<number, Value>();
  const sizes = [cache.size];
  const values = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
  for (const [at, value] of values.entries()) {
    cache.set(at % 2, value);
    if (at > 0) sizes.push(cache.size);
  }
  const more = Array.from({ length: many }, (_, at) => ({ name: `value ${at}` }));
  for (const [at, value] of more.entries()) cache.set(at + 2, value);
  sizes.push(cache.size);
  const lost = more.filter((value, at) => cache.get(at + 2) !== value).length;
  return { sizes, lost };
}

/** @returns how many of `count` values are alive after a collection, and how many `get` returns */
export async function droppedValues(count: number): Promise<NoCollection | { alive: number; found: number }> {
  const cache = new WeakCache<number, Value>();
  const references = apart(() =>
    Array.from({ length: count }, (_, key) => {
      const value = { name: `value ${key}` };
      cache.set(key, value);
      if (cache.get(key) !== value) throw new Error(`get(${key}) did not return the value that was just set.`);
      return new WeakRef(value);
    }),
  );
  if (!(await collectUntil(() => alive(references) === 0))) return 'no collection';
  const found = references.filter((_, key) => calling(`get(${key})`, missing, () => cache.get(key))).length;
  return { alive: alive(references), found };
}

/**
 * Every fifth value is set twice. Nobody asks the cache for anything after the values are dropped.
 * @returns how many were set twice, and what the cache still holds
 */
export async function removedEntries(
  count: number,
): Promise<NoCollection | { twice: number; size: number; keys: number; values: number }> {
  const cache = new WeakCache<object, Value>();
  const keys: WeakRef<object>[] = [];
  const values: WeakRef<object>[] = [];
  apart(() => {
    for (let id = 0; id < count; id++) {
      const [key, value] = [{ id }, { name: `value ${id}` }];
      cache.set(key, value);
      cache.get(key);
      if (id % 5 === 4) cache.set(key, value);
      keys.push(new WeakRef(key));
      values.push(new WeakRef(value));
    }
  });
  if (!(await collectUntil(() => alive(keys) === 0))) return 'no collection';
  return { twice: Math.floor(count / 5), size: cache.size, keys: alive(keys), values: alive(values) };
}

/**
 * Every second value is dropped, and those of falsy keys.
 * @returns the size, live values that are lost, dropped ones that are found
 */
export async function someDropped(
  count: number,
): Promise<NoCollection | { size: number; lost: number; found: number }> {
  const cache = new WeakCache<unknown, Value>();
  const live = apart(() => {
    for (const key of [0, '', false, null, undefined, NaN]) cache.set(key, { name: 'of a falsy key' });
    return Array.from({ length: count }, (_, at) => {
      const value = { name: `value ${at}` };
      cache.set(value.name, value);
      return at % 2 === 0 ? value : undefined;
    });
  });
  if (!(await collectUntil(() => cache.size <= Math.ceil(count / 2)))) return 'no collection';
  const { size } = cache;
  const lost = live.filter((value) => value && cache.get(value.name) !== value).length;
  const found = live.filter(
    (value, at) => !value && calling(`get('value ${at}')`, missing, () => cache.get(`value ${at}`)),
  ).length;
  return { size, lost, found };
}

/** What `get` returns for a key, where it should return `wanted`. */
const answer = (got: unknown, wanted: Value) =>
  got === wanted ? 'the new value' : got === undefined ? 'undefined' : 'another object';

/** A key gets a new value while the old one is alive. The old one is collected later. */
export async function replaced(): Promise<NoCollection | { got: string; size: number }> {
  const cache = new WeakCache<string, Value>();
  apart(() => cache.set('tea', { name: 'old' }));
  const value = { name: 'new' };
  cache.set('tea', value);
  if (!(await collectUntil(never))) return 'no collection';
  return { got: answer(cache.get('tea'), value), size: cache.size };
}

/** A key has had two values before: the second one is collected first, and the first one when a third is there. */
export async function replacedTwice(): Promise<NoCollection | { got: string; size: number }> {
  const cache = new WeakCache<string, Value>();
  const inUse: Value[] = [];
  apart(() => {
    const first = { name: 'first' };
    inUse.push(first);
    cache.set('tea', first);
    cache.set('tea', { name: 'second' });
  });
  if (!(await collectUntil(() => cache.size === 0))) return 'no collection';
  const value = { name: 'third' };
  cache.set('tea', value);
  inUse.length = 0;
  if (!(await collectUntil(never))) return 'no collection';
  return { got: answer(cache.get('tea'), value), size: cache.size };
}

/** A key gets a new value when the old one has been collected, and before its finalizer has run. */
export async function setAgain(): Promise<NoCollection | { between: string; got: string; size: number }> {
  const cache = new WeakCache<string, Value>();
  const [old, control] = apart(() => {
    const first = { name: 'old' };
    cache.set('tea', first);
    return [new WeakRef(first), new WeakRef({})] as const;
  });
  await nextTurn();
  collectNow();
  // From here to the next await no finalizer can run.
  if (control.deref()) return 'no collection';
  if (old.deref()) return { between: 'the old value', got: '', size: 0 };
  const between = describeValue(cache.get('tea'));
  const value = { name: 'new' };
  cache.set('tea', value);
  if (!(await collectUntil(never))) return 'no collection';
  return { between, got: answer(cache.get('tea'), value), size: cache.size };
}

/**
 * One value has two keys; in the second part, one of the keys gets another value first.
 * @returns what `get` did wrong, and sizes at the end
 */
export async function twoKeys(): Promise<NoCollection | { wrong?: string; size: number; sizeReplaced: number }> {
  const cache = new WeakCache<string, Value>();
  const other = new WeakCache<string, Value>();
  const replacement = { name: 'replacement' };
  const wrong = apart(() => {
    const value = { name: 'value' };
    for (const each of [cache, other]) {
      each.set('black tea', value);
      each.set('green tea', value);
    }
    other.set('black tea', replacement);
    if (cache.get('black tea') !== value) return "the first one does not return its value for 'black tea'";
    if (cache.get('green tea') !== value) return "the first one does not return its value for 'green tea'";
    if (other.get('green tea') !== value) return "the second one does not return its value for 'green tea'";
    return undefined;
  });
  if (!(await collectUntil(() => cache.size === 0 && other.size === 1))) return 'no collection';
  const kept = other.get('black tea') === replacement;
  const lost = kept ? {} : { wrong: "the second one does not return the other value for 'black tea'" };
  return { ...lost, ...(wrong === undefined ? {} : { wrong }), size: cache.size, sizeReplaced: other.size };
}

/** @returns how many timers the cache starts, unreferenced ones included */
export async function timers(): Promise<NoCollection | number> {
  let started = 0;
  const hook = createHook({ init: (_id, type) => void (type === 'Timeout' && started++) }).enable();
  try {
    const cache = new WeakCache<string, Value>();
    const value = { name: 'live' };
    apart(() => cache.set('dropped', { name: 'dropped' }));
    cache.set('live', value);
    if (!(await collectUntil(() => cache.size === 1))) return 'no collection';
    cache.get('live');
    return started;
  } finally {
    hook.disable();
  }
}
