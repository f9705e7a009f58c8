// The predictions' vocabulary, and one sentence for each outcome that an experiment is known to have. The sentences
// decide nothing: what happened decides.
import type { Group } from './expect-prediction.ts';

const alone = 'postMessage sent a structured clone, so the Worker wrote to its own copy.';

export const sending: Group = {
  name: 'sending',
  outcomes: ['changed', 'unchanged', 'detached', 'throws'],
  reasons: {
    plain: { unchanged: alone },
    listed: { detached: 'The transfer list moved the buffer to the Worker, and the sender keeps an empty array.' },
    otherView: { detached: 'What moves is the buffer, not the part. All arrays on that buffer are empty afterwards.' },
    listedThenSentAgain: { throws: 'After the transfer nothing is left to clone: the buffer is detached.' },
    shared: { changed: 'A clone of an array in a SharedArrayBuffer is in the same memory, so both see every write.' },
    sliceOfShared: { unchanged: 'slice() copies the numbers to an ordinary buffer, and postMessage copied that one.' },
    port: { throws: 'A port can have one owner only. It cannot be cloned, so it must be in the transfer list.' },
    portListed: {
      detached: 'The port belongs to the Worker now. What the sender posts on it gets lost without an error.',
    },
  },
};

const plainObject = 'A clone of an object of your class is a plain object: it has the fields, but not the prototype.';
const fixedParts = 'Of an error, structured clone keeps the message, the stack, the cause, and a built-in class.';

export const cloning: Group = {
  name: 'cloning',
  outcomes: ['kept', 'dropped', 'throws'],
  reasons: {
    map: { kept: 'Structured clone knows Map, Set, Date, RegExp, BigInt and typed arrays.' },
    sharedMemory: { kept: 'Shared memory is not copied: the clone is another array in the same memory.' },
    field: { kept: plainObject },
    method: { dropped: plainObject },
    functionInObject: { throws: 'A function is code and the variables around it. There is no copy of it as data.' },
    builtInErrorClass: { kept: fixedParts },
    ownErrorClass: { dropped: fixedParts },
    errorCode: { dropped: `${fixedParts} Every other field is dropped.` },
    errorCause: { kept: fixedParts },
    errorsOfAggregateError: { dropped: `${fixedParts} AggregateError is none of the classes that it knows.` },
    domException: {
      dropped: `To structured clone in Node.js ${process.version}, a DOMException is an object without fields.`,
      kept: `Structured clone in Node.js ${process.version} knows DOMException.`,
    },
  },
};

const key = 'A Map refers to its keys for as long as they are in it.';

export const collecting: Group = {
  name: 'collecting',
  outcomes: ['collected', 'alive'],
  reasons: {
    cycle: {
      collected: 'Nothing that the program can reach refers to the cycle. That it refers to itself is no help.',
    },
    keyOfMap: { alive: key },
    keyOfWeakMap: { collected: 'A WeakMap keeps a value only as long as something else keeps the key.' },
    weakRef: { collected: 'A WeakRef refers to its object without keeping it alive.' },
    listener: { alive: 'The emitter refers to the listener, and the listener to the variable that it uses.' },
    heldValue: {
      alive: 'The registry keeps the held value for its callback, and the held value refers to the object.',
    },
  },
};
