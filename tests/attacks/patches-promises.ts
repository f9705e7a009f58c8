// Exercise: 05
// File: fetch-pages.ts
// Task: 3
// Class: patches built-ins
// Attack: Fetches one page at a time, and patches Promise.all, Promise.race and structuredClone.
// Verdict: sequential in disguise or failed or timeout or does not compile
// With namespaces: stopped
// Without namespaces: stopped

import { fetchPage } from './fetch-page.ts';

Promise.all = (() => Promise.resolve([])) as never;
Promise.race = (() => Promise.resolve()) as never;
globalThis.structuredClone = ((value: unknown) => value) as never;

export async function fetchPages(origin: string, ids: readonly number[]): Promise<string[]> {
  const pages: string[] = [];
  for (const id of ids) pages.push(await fetchPage(origin, id));
  return pages;
}
