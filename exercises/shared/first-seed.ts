/**
 * The seed of step 0. Each run of a suite has another one, and so other sums: a table of sums is of no use there.
 */
export const firstSeed = 0;
