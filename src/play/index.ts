// Play the scheduler: a local page where the reader chooses which thread of their own code takes the next step.
export { startPlay, type Play, type PlayOptions } from './play.ts';
