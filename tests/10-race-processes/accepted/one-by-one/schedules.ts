export const losesUpdate = () => 'BA AB BA';
export const tornRead = () => 'B,B,A';
export const losesDespiteReplace = () => 'BABBBAAA';
