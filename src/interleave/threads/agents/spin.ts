/** Reads of a shared cell before a waiting thread goes to sleep: about 30 µs, less than what a sleep and a wake-up cost between two processors. */
export const SPINS = 5000;
