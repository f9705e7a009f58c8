import type { PromiseVerdict } from '../index.ts';

/** A concurrency bug of a published npm package, and the release that fixed it. */
export interface HistoricalBug {
  readonly library: string;
  /** The last version with the bug, and the first without it. */
  readonly broken: string;
  readonly fixed: string;
  /** An export of scenarios.ts. */
  readonly scenario: string;
  /** What a run of the broken version ends with. */
  readonly verdict: PromiseVerdict;
  /** What goes wrong. */
  readonly bug: string;
  /** Where its authors say that they fixed it. */
  readonly evidence: string;
}

/** Races between promises: a test that runs each task to its end before the next finds none of them. */
export const historicalBugs: readonly HistoricalBug[] = [
  {
    library: 'async-mutex',
    broken: '0.2.4',
    fixed: '0.2.6',
    scenario: 'consecutiveReleases',
    verdict: 'deadlock',
    bug: 'release() hands the lock to the next waiter and then forgets that waiter, whose own release() does nothing',
    evidence:
      'CHANGELOG.md of 0.2.6: "Fix a nasty bug related to consecutive calls to Mutex::release" (issue 27); ' +
      'there was no usable 0.2.5',
  },
  {
    library: 'generic-pool',
    broken: '3.1.4',
    fixed: '3.1.5',
    scenario: 'drainWhileBorrowed',
    verdict: 'violation',
    bug: 'drain() ends while a resource is still in use',
    evidence: 'CHANGELOG.md of 3.1.5: "fix drain code to correctly wait on borrowed resources"',
  },
  {
    library: 'lru-cache',
    broken: '11.2.1',
    fixed: '11.2.2',
    scenario: 'abortedFetch',
    verdict: 'violation',
    bug: 'a value fetched with ignoreFetchAbort and allowStaleOnFetchAbort is thrown away if the caller aborts first',
    evidence: 'issue 388; dist/esm/index.js of 11.2.2 compares with `ignoreAbort && updateCache && vl === undefined`',
  },
];
