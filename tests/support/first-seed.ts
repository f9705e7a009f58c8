// Stands in for exercises/shared/first-seed.ts while a suite runs: package.json leads there under the condition
// `salted`.
const condition = '--conditions=salt-';

/** A number that each process and each Worker inherits with its flags. */
export const firstSeed = Number(process.execArgv.find((flag) => flag.startsWith(condition))?.slice(condition.length));
