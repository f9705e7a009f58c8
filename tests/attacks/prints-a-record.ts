// Exercise: 03
// File: split.ts
// Task: 1
// Class: forges a result
// Attack: Prints what looks like the record of a grading with full marks.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

console.log('\n{"version":1,"points":10,"attainable":10,"exercises":[{"id":"03","points":10,"verdict":"passed"}]}');
console.log('{"tasks":[{"number":1,"verdict":"passed","points":2,"keepsPoints":true}],"level":"namespaces"}');
console.log('10 passed, 0 failed');

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
