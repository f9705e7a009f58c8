import { describe, expect, test } from 'vitest';
import { arena } from '#src/arena/index.ts';
import { type Verdict, finding } from '#src/verdict/index.ts';
import { draw, seed } from '../support/countdown-inputs.ts';
import type { NoCollection } from './cache-scenarios.ts';
import { cloning, collecting, expectPrediction, type Group, sending } from './expect-prediction.ts';
import { neighbor, written, type Happened, type SendFunction, type SendReport } from './scenarios.ts';

const cache = () => 'A program that uses a WeakCache';
/** What the scenarios ask of the student's functions. */
const calls = {
  predictions: () => 'predictions.ts',
  send: (name: SendFunction, array: readonly number[]) => callOf(name, array),
  allocatedToSendAway: () => 'sendAway',
  sendToWorker: (name: SendFunction, array: readonly number[]) => callOf(name, array),
  liveValues: cache,
  sizes: cache,
  droppedValues: cache,
  removedEntries: cache,
  someDropped: cache,
  replaced: cache,
  replacedTwice: cache,
  setAgain: cache,
  twoKeys: cache,
  timers: cache,
};
const scenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), { calls });
const caches = arena<typeof import('./cache-scenarios.ts')>(new URL('./cache-scenarios.ts', import.meta.url), {
  calls,
});

// Drawn before any check runs, so that a check gets the same numbers when it runs alone.
const numbers = Array.from({ length: draw(5, 50) }, () => draw(1, 1_000));
const around = draw(3, 40);
const by = `(to repeat: npm run kata run 02 -- --seed ${seed})`;

describe('Task 1: Copy, transfer, share', () => {
  test.each([
    ['plain', 'an array is sent without a transfer list'],
    ['listed', 'an array is sent with its buffer in the transfer list'],
    ['otherView', 'a part of an array is sent with the buffer in the transfer list'],
    ['listedThenSentAgain', 'an array is sent again after its buffer was in the transfer list'],
    ['shared', 'an array in shared memory is sent'],
    ['sliceOfShared', 'a slice of an array in shared memory is sent'],
    ['port', 'a port is sent without a transfer list'],
    ['portListed', 'a port is sent in the transfer list'],
  ])(
    'the prediction %s is right: what the sender finds when %s',
    { tags: ['1.predictions'] },
    predicted(sending, 'happensInSending'),
  );
});

describe.concurrent('Task 2: Send it your way', () => {
  const lengths = [numbers, [7], []];
  /** In the middle of a larger buffer, at its beginning and at its end. */
  const parts = [{ before: around, behind: around }, { behind: around }, { before: around }];

  test.each(['sendCopy', 'sendAway', 'sendShared'] as const)(
    '%s sends one message, an Int32Array with the numbers',
    { tags: ['2.message'] },
    async (name) => {
      for (const each of lengths) {
        const report = await scenarios.send(name, each);
        const call = callOf(name, each);
        if (report.messages !== 1)
          throw finding(
            'failed',
            `Expected ${call} to send 1 message before it returns, but it sent ${report.messages}.` +
              `${each.length === 0 ? ' An empty array is a message, too.' : ''} ${by}`,
          );
        if (report.kind !== 'Int32Array')
          throw finding(
            'failed',
            `Expected ${call} to send an Int32Array, but the receiver got: ${report.kind} ${by}.`,
          );
        expect(report.received, `numbers that the receiver got from ${call} ${by}`).toEqual(each);
      }
    },
  );

  test(
    'sendCopy leaves the sender its numbers, and the receiver writes to its own copy',
    { tags: ['2.copy'] },
    async () => {
      for (const each of lengths) expectUntouched('sendCopy', each, await scenarios.send('sendCopy', each));
      const report = await scenarios.send('sendCopy', numbers, { shared: true });
      expectUntouched('sendCopy', numbers, report, ' of an array in shared memory');
    },
  );

  test('sendCopy sends nothing else of the buffer that the numbers are in', { tags: ['2.only-these'] }, async () => {
    for (const place of parts) {
      const report = await scenarios.send('sendCopy', numbers, place);
      expectUntouched('sendCopy', numbers, report);
      expectOnlyThese('sendCopy', report);
    }
  });

  test('sendAway leaves the sender an empty array', { tags: ['2.away'] }, async () => {
    const { sender } = await scenarios.send('sendAway', numbers);
    if (sender.length > 0)
      throw finding(
        'failed',
        `Expected the sender's array to be empty after sendAway, but it still has ${show(sender)}. postMessage ` +
          `moves a buffer only if it is in the transfer list ${by}.`,
      );
  });

  test('sendAway moves the buffer and copies nothing', { tags: ['2.not-copied'] }, async () => {
    for (const bytes of [8 << 20, 4_000]) {
      const allocated = await scenarios.allocatedToSendAway(bytes);
      if (allocated > bytes / 2)
        throw finding(
          'failed',
          `Sending ${bytes} bytes away should need no new memory, but ${allocated} bytes were allocated: the numbers ` +
            'were copied. Send the array itself, with its buffer in the transfer list.',
        );
    }
  });

  test(
    'sendShared returns an array in which each side sees what the other one writes',
    { tags: ['2.shared'] },
    async () => {
      const { returned, receivedAtEnd } = await scenarios.send('sendShared', numbers);
      if (!returned) throw finding('failed', 'Expected sendShared to return an Int32Array, but it did not.');
      expect(returned.before, `numbers in the array that sendShared returned ${by}`).toEqual(numbers);
      if (returned.after[0] !== written)
        throw finding(
          'failed',
          `The receiver wrote ${written} to the first place, but the array that sendShared returned still has ` +
            `${returned.after[0]} there: the memory is not shared ${by}.`,
        );
      if (receivedAtEnd.at(-1) !== -1)
        throw finding(
          'failed',
          `The sender wrote -1 to the last place of the array that sendShared returned, but the receiver still finds ` +
            `${receivedAtEnd.at(-1)} there: the memory is not shared ${by}.`,
        );
    },
  );

  test(
    'sendShared leaves the original array as it is, and shares nothing else of its buffer',
    { tags: ['2.original'] },
    async () => {
      for (const place of [...parts, { shared: true }, { before: around, behind: around, shared: true }]) {
        const report = await scenarios.send('sendShared', numbers, place);
        expectUntouched('sendShared', numbers, report, 'shared' in place ? ' of an array in shared memory' : '');
        expect(report.received, `numbers that the receiver got from a part of a larger buffer ${by}`).toEqual(numbers);
        expectOnlyThese('sendShared', report);
      }
    },
  );

  test('sendShared fills the shared memory before it sends the array', { tags: ['2.filled'] }, async () => {
    const { posted } = await scenarios.send('sendShared', numbers);
    const wrong = numbers.findIndex((number, index) => posted?.[index] !== number);
    if (wrong >= 0)
      throw finding(
        'failed',
        `When sendShared posted its array, the number at index ${wrong} of the shared memory had to be ` +
          `${numbers[wrong]}, but it was ${posted?.[wrong]} ${by}. Fill the memory before you call postMessage.`,
      );
  });

  test(
    'with a real Worker, the sender finds its array unchanged, empty, or changed',
    { tags: ['2.copy', '2.away', '2.shared'] },
    async () => {
      const [first, ...rest] = numbers;
      expect(await scenarios.sendToWorker('sendCopy', numbers), `after sendCopy ${by}`).toEqual([first, ...rest]);
      expect(await scenarios.sendToWorker('sendAway', numbers), `after sendAway ${by}`).toEqual([]);
      expect(await scenarios.sendToWorker('sendShared', numbers), `after sendShared ${by}`).toEqual([100, ...rest]);
    },
  );
});

describe('Task 3: What a clone keeps', () => {
  test.each([
    ['map', 'a Map in an object'],
    ['sharedMemory', 'the shared memory of a typed array'],
    ['field', 'a field of an object of your own class'],
    ['method', 'a method of an object of your own class'],
    ['functionInObject', 'a function in an object'],
    ['builtInErrorClass', 'the class of a RangeError'],
    ['ownErrorClass', 'the class of an error of your own class'],
    ['errorCode', 'the code of an error of your own class'],
    ['errorCause', 'the cause of an error'],
    ['errorsOfAggregateError', 'the errors of an AggregateError'],
    ['domException', 'a DOMException'],
  ])(
    'the prediction %s is right: what a clone does with %s',
    { tags: ['3.predictions'] },
    predicted(cloning, 'happensInCloning'),
  );
});

describe('Task 4: Collected or alive', () => {
  test.each([
    ['cycle', 'two objects that refer to each other'],
    ['keyOfMap', 'a key of a Map'],
    ['keyOfWeakMap', 'a key of a WeakMap whose value refers to the key'],
    ['weakRef', 'an object that only a WeakRef refers to'],
    ['listener', 'an object that a listener uses'],
    ['heldValue', 'an object that its own held value refers to'],
  ])(
    'the prediction %s is right: whether the collector takes %s',
    { tags: ['4.predictions'] },
    predicted(collecting, 'happensInCollecting'),
  );
});

describe.concurrent('Task 5: A cache that forgets', () => {
  const count = draw(20, 60);

  test(
    'get returns the very object that was set while the program uses it, whatever the key is',
    { tags: ['5.get'] },
    async () => {
      const { before, after, unknown } = collected(await caches.liveValues());
      const wrong = (got: string[], when = '') =>
        finding(
          'failed',
          `get of a WeakCache must return the very object that was set for a key.${when} It returned ` +
            got.slice(0, 3).join(', ') +
            (got.length > 3 ? `, and the wrong object for ${got.length - 3} more keys.` : '.'),
        );
      if (before.length > 0) throw wrong(before);
      if (after.length > 0) throw wrong(after, ' The values were in use during a collection.');
      if (unknown !== 'undefined')
        throw finding(
          'failed',
          `get of a WeakCache must return undefined for a key that was never set, got ${unknown}.`,
        );
    },
  );

  test('size is the number of entries, and the cache has no upper limit', { tags: ['5.size'] }, async () => {
    const many = 10_000 + count;
    const { sizes, lost } = await caches.sizes(many);
    const wanted = [
      [0, 'when it is empty'],
      [2, 'after values were set for the keys 0 and 1'],
      [2, 'after one of its two keys has got a second value: a key has one entry'],
      [many + 2, `after values were set for ${many} more keys, and all of them are in use: there is no upper limit`],
    ] as const;
    for (const [index, [size, when]] of wanted.entries())
      if (sizes[index] !== size)
        throw finding('failed', `The size of a WeakCache must be ${size}, not ${sizes[index]}, ${when}.`);
    if (lost > 0)
      throw finding(
        'failed',
        `get of a WeakCache no longer returns ${lost} of ${many} values that are in use: there is no upper limit.`,
      );
  });

  test(
    'a value that nothing else refers to is collected, and get returns undefined',
    { tags: ['5.weak'] },
    async () => {
      const { alive, found } = collected(await caches.droppedValues(count));
      if (alive > 0)
        throw finding(
          'leak',
          `${alive} of ${count} values were not collected, although only the WeakCache knows them. Does the map, ` +
            'the held value of the registry, or a callback refer to them?',
        );
      if (found > 0) throw finding('failed', `get returned ${found} values that have been collected.`);
    },
  );

  test(
    'an entry is removed when its value has been collected, without a call of get',
    { tags: ['5.removed'] },
    async () => {
      const { twice, size, keys, values } = collected(await caches.removedEntries(count));
      const gone =
        values > 0
          ? `The program has dropped all ${count} values, and the collector has run, but the WeakCache keeps ` +
            `${values} of them alive, so`
          : `All ${count} values have been collected, but`;
      if (size === twice && values === 0)
        throw finding(
          'leak',
          `${gone} the entries of ${size} keys are still there: those whose value was set a second time. ` +
            'If `set` gets the same key and value again, the entry must still be removed once the value is ' +
            'collected. If you call `unregister`, use a new token in each call of `set`.',
        );
      if (size > 0)
        throw finding(
          'leak',
          `${gone} the size of the WeakCache is still ${size}. Remove the entry of a value in the callback of a ` +
            'FinalizationRegistry.',
        );
      if (keys > 0)
        throw finding(
          'leak',
          `${gone} the WeakCache still refers to ${keys} of the keys. Keep no key in a map, a timer or any other ` +
            'callback once its value is gone.',
        );
    },
  );

  test(
    'of many entries, only those whose values have been collected are removed',
    { tags: ['5.others', '5.removed'] },
    async () => {
      const { size, lost, found } = collected(await caches.someDropped(count));
      const live = Math.ceil(count / 2);
      if (lost > 0)
        throw finding(
          'failed',
          `After ${count - live} values were collected, get of the WeakCache no longer returns ${lost} of ` +
            `${live} other values, which are still in use. Remove only the entry of the value that was collected.`,
        );
      if (found > 0 || size > live)
        throw finding(
          'leak',
          `The program still uses ${live} of ${count} values, so ${live} entries of the WeakCache had to be ` +
            `left, but its size is ${size}.`,
        );
    },
  );

  test(
    'a replaced value that is collected later does not take the new entry along',
    { tags: ['5.replaced'] },
    async () => {
      expectNewValue(collected(await caches.replaced()));
      expectNewValue(collected(await caches.replacedTwice()));
    },
  );

  test(
    'a value set after the old one was collected and before its finalizer has run stays',
    { tags: ['5.set-again'] },
    async () => {
      const report = collected(await caches.setAgain());
      if (report.between !== 'undefined')
        throw finding(
          report.between === 'the old value' ? 'leak' : 'failed',
          `The only value of a WeakCache was dropped, and the collector has run, so get must return undefined, even ` +
            `before the finalizer has run, but it returned ${report.between}.`,
        );
      expectNewValue(report);
    },
  );

  test('a value with two keys has two entries, and each is removed by itself', { tags: ['5.two-keys'] }, async () => {
    const { wrong, size, sizeReplaced } = collected(await caches.twoKeys());
    if (wrong !== undefined)
      throw finding(
        'failed',
        "Two WeakCaches got the same value under 'black tea' and under 'green tea', then the second one got another " +
          `value under 'black tea'. After that, ${wrong}. Does each cache have its own map, with an entry for ` +
          `each key?`,
      );
    if (size > 0)
      throw finding(
        'leak',
        `A value was stored under two keys of a WeakCache and dropped, but after a collection ${size} of its 2 ` +
          'entries are still there.',
      );
    if (sizeReplaced !== 1)
      throw finding(
        'leak',
        'A WeakCache had a value under two keys, then one of the keys got another value. When the first value had ' +
          `been collected, only the other value's entry had to be left, but the size is ${sizeReplaced}, not 1. Did ` +
          '`unregister` cancel the finalizer for both keys?',
      );
  });

  test('the cache starts no timer', { tags: ['5.no-timers'] }, async () => {
    const started = collected(await caches.timers());
    if (started > 0)
      throw finding(
        'busy wait',
        `A WeakCache must start no timer, but it started ${started}. Let a FinalizationRegistry call it instead.`,
      );
  });
});

/** The predictions are read once, and each group of experiments runs once. */
let read: ReturnType<typeof scenarios.predictions> | undefined;
const ran = new Map<string, Promise<Happened<string>>>();

/** The body of the checks of a group: compares one prediction with what happened. */
function predicted(group: Group, run: 'happensInSending' | 'happensInCloning' | 'happensInCollecting') {
  return async (name: string) => {
    const { [group.name]: all } = await (read ??= scenarios.predictions());
    const happened = ran.get(run) ?? scenarios[run]();
    ran.set(run, happened);
    expectPrediction(group, name, all, await happened);
  };
}

/** @returns what a scenario found out, if this runtime collects on request */
function collected<T>(result: T | NoCollection): T {
  if (result === 'no collection')
    throw finding('inconclusive', "This Node.js doesn't collect garbage on request, so the cache can't be observed.");
  return result;
}

const show = (array: readonly number[]) => `[${array.slice(0, 5).join(', ')}${array.length > 5 ? ', …' : ''}]`;

const callOf = (name: SendFunction, array: readonly number[]) => `${name}(target, ${show(array)})`;

/** @param of what the array is special for, such as " of an array in shared memory" */
function expectUntouched(
  name: SendFunction,
  array: readonly number[],
  { sender, around: neighbors }: SendReport,
  of = '',
): void {
  const call = `${callOf(name, array)}${of}`;
  const own = sender.join() === array.join();
  if (own && neighbors.every((each) => each === neighbor)) return;
  throw finding(
    'failed',
    own
      ? `${call} must leave the rest of the sender's buffer as it is, but it wrote to it ${by}.`
      : sender.length === 0
        ? `${call} must leave the sender's array as it is, but the array is empty afterwards: its buffer was ` +
          `transferred. Only the buffer of a copy may be in the transfer list ${by}.`
        : `${call} must leave the sender's array as it is, but afterwards it has ${show(sender)} ${by}.`,
  );
}

function expectOnlyThese(name: 'sendCopy' | 'sendShared', { neighbors, bytes }: SendReport): void {
  const hint = {
    sendCopy: 'A clone of a part takes the whole buffer along, so send a copy of the part: `slice` makes one.',
    sendShared: 'Create a SharedArrayBuffer that has room for these numbers and nothing else.',
  };
  const came =
    neighbors > 0
      ? `${neighbors} other numbers of that buffer arrived as well`
      : `the buffer that arrived has the same ${bytes.received} bytes`;
  if (neighbors > 0 || (bytes.received >= bytes.sender && numbers.length * 4 < bytes.sender))
    throw finding(
      'failed',
      `${name} got ${numbers.length} numbers out of a larger buffer, but ${came}. ${hint[name]} ${by}`,
    );
}

function expectNewValue({ got, size }: { got: string; size: number }, verdict: Verdict = 'failed'): void {
  if (got === 'the new value' && size === 1) return;
  throw finding(
    verdict,
    `A key of a WeakCache got a new value. When the finalizer of the old value had run, get had to return the new ` +
      `value, and the size had to be 1, but get returned ${got}, and the size is ${size}. Remove an entry only if it ` +
      'still belongs to the value that was collected.',
  );
}
