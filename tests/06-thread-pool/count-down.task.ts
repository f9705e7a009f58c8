// The task of the speed check: an item is a range of steps.
export { countdown as default } from '#shared/countdown.ts';
