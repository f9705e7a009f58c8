// Two threads count visits, and nobody locks. Play it: npm run kata play src/play/example.ts
export const program = {
  threads: { A: 'visit', B: 'visit' },
  memory: { hits: 1 },
  invariant: ({ hits }: { hits: Int32Array }) => hits[0] === 2 || `hits is ${hits[0]}, wanted 2`,
};

export function visit({ hits }: { hits: Int32Array }): void {
  hits[0]!++;
}
