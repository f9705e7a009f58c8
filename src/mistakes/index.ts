// The mistakes that are known, and the failures that they explain.
export { explain, readSources } from './explain.ts';
export { mistakesPath, readMistakes, type Mistake } from './mistake.ts';
export { shapeOf, telltaleWords } from './shape.ts';
