// A setup file of each suite. Vitest gathers what it has to tell for 100 ms, and where its timer fires within the very
// millisecond, until something else happens (chunk "throttle" of @vitest/runner 4.1). A student would wait for the next
// check to end. An artifact makes it tell all at once.
import { afterEach, recordArtifact } from 'vitest';

afterEach(({ task }) => {
  // The check ends after this hook.
  setTimeout(() => void recordArtifact(task, { type: 'kata:told' }).catch(() => undefined), 120).unref();
});

declare module 'vitest' {
  interface TestArtifactRegistry {
    told: { type: 'kata:told' };
  }
}
