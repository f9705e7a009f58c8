// Exercise: 03
// File: split.ts
// Task: 1
// Class: remembers or slows
// Attack: Has only the answers to the lesson's own examples.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

const answers: Record<string, object[]> = {
  '10,2': [
    { from: 0, to: 5 },
    { from: 5, to: 10 },
  ],
  '10,3': [
    { from: 0, to: 4 },
    { from: 4, to: 7 },
    { from: 7, to: 10 },
  ],
};

export const split = (n: number, parts: number) => answers[`${n},${parts}`] ?? [];
