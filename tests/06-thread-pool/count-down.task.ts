// The task of the speed check: an item is a range of steps.
export { countdown as default } from '#kata/06-thread-pool/countdown.ts';
