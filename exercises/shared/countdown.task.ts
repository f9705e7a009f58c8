// The task of try.ts: an item is a range of steps, the result is their sum.
export { countdown as default } from './countdown.ts';
