export function shortestLoss() {
  return ['A', 'B', 'A', 'B'].join('');
}

export function smallestCount() {
  return 'ABBBBBBBBABAAAAAAAAB';
}
