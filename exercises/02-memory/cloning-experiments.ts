// Task 3: what does a structured clone keep? Read each experiment, and write your prediction in predictions.ts.

/**
 * - `kept`: the clone still has what the experiment asks for
 * - `dropped`: the clone doesn't have it
 * - `throws`: `structuredClone` threw an error
 */
export type Cloned = 'kept' | 'dropped' | 'throws';

class Circle {
  radius = 2;
  area() {
    return Math.PI * this.radius ** 2;
  }
}

class ShopError extends Error {
  code = 'SOLD_OUT';
}

/** Each experiment clones a value and returns whether the clone still has something. */
export const cloningExperiments = {
  map() {
    const { stock } = structuredClone({ stock: new Map([['tea', 3]]) });
    return stock instanceof Map && stock.get('tea') === 3;
  },

  sharedMemory() {
    const numbers = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const clone = structuredClone(numbers);
    clone[0] = 7;
    return numbers[0] === 7; // still the same memory?
  },

  field() {
    return structuredClone(new Circle()).radius === 2;
  },

  method() {
    return 'area' in structuredClone(new Circle());
  },

  functionInObject() {
    return 'area' in structuredClone({ radius: 2, area: () => 12.57 });
  },

  builtInErrorClass() {
    return structuredClone(new RangeError('not in stock')) instanceof RangeError;
  },

  ownErrorClass() {
    return structuredClone(new ShopError('sold out')) instanceof ShopError;
  },

  errorCode() {
    return 'code' in structuredClone(new ShopError('sold out'));
  },

  errorCause() {
    const error = structuredClone(new Error('no tea', { cause: new RangeError('not in stock') }));
    return error.cause instanceof RangeError;
  },

  errorsOfAggregateError() {
    return 'errors' in structuredClone(new AggregateError([new Error('no tea'), new Error('no milk')]));
  },

  domException() {
    const reason: unknown = AbortSignal.abort().reason; // a DOMException
    return structuredClone(reason) instanceof Error;
  },
} satisfies Record<string, () => boolean>;

export type CloningExperiment = keyof typeof cloningExperiments;

/** Runs an experiment. */
export function runCloning(name: CloningExperiment): Cloned {
  try {
    return cloningExperiments[name]() ? 'kept' : 'dropped';
  } catch (error) {
    if (error instanceof DOMException && error.name === 'DataCloneError') return 'throws';
    throw error;
  }
}
