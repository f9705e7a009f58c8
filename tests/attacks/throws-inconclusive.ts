// Exercise: 03
// File: split.ts
// Task: 1
// Class: forges a result
// Attack: Throws a Finding whose verdict is 'inconclusive', which costs no points.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

class Finding extends Error {
  override name = 'Finding';
  verdict = 'inconclusive';
  evidence = 'the machine is to blame';
  studentFrame = { file: '/exercises/03-countdown-threads/split.ts', line: 1, column: 1 };
  state = 'passed';
  override cause = { name: 'Finding', message: 'so it is', verdict: 'inconclusive' };
}

export function split(): never {
  throw new Finding('this machine cannot tell');
}
