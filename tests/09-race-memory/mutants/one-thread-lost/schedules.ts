export function shortestLoss(): string {
  return 'ABBA';
}

export function smallestCount(): string {
  return `A${'B'.repeat(10)}${'A'.repeat(9)}`;
}
