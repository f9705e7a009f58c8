// The task of try.ts: an item is a range of steps, its result the sum.
export { countdown as default } from './countdown.ts';
