// What both explorers share.
export { controlDate, startOfToday } from './controlled-date.ts';
export { ownArguments } from './own-arguments.ts';
export { looksLike, replaceMethods, showOriginalSources } from './native-look.ts';
export { isOwnFile } from './own-files.ts';
export { brokenRule, outcomeKey, type RuleAnswer } from './rules.ts';
export { seededRandom } from './seeded-random.ts';
export { NOT_IMPLEMENTED, thrownOf, type ThrownError } from './thrown-error.ts';
export { workerFile } from './worker-file.ts';
