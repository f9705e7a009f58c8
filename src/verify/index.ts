// Checks the course against answers whose verdicts are known: skeletons, references, accepted variants, mutants.
export { attackGrader, attackTable, type DoneAttack } from './attacks/attacks.ts';
export { blameScore, type BlameScore } from './blame.ts';
export { writeContract } from './contract.ts';
export { formatMutant, mutantNames, mutantPath, parseHeader, readMutant, readMutants, writeMutant } from './mutant.ts';
export type { Mutant } from './mutant.ts';
export { equivalentsPath } from './mutation/equivalents.ts';
export { mutate, type JudgedMutation, type MutationResult } from './mutation/mutate.ts';
export { diffFiles, patchFiles, type Files } from './patch.ts';
export { recordMistakes } from './record.ts';
export { writeDrawings } from './timelines/drawings.ts';
export { readReference, writeFiles } from './variants.ts';
export { verify, type DoneCase } from './verify.ts';
