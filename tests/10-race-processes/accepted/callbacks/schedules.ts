export function losesUpdate(): string {
  return 'ABABAB';
}
export function tornRead(): string {
  return 'BBA';
}
export function losesDespiteReplace(): string {
  return 'ABABABAB';
}
