// The pool of exercise 06 fits as it is: nothing in it knows what its Workers are.
export * from '../06-thread-pool/worker-pool.ts';
