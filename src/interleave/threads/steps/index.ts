// The visible steps of a thread: what they do to memory, and where in the source they stand.
export type * from './body-run.ts';
export {
  CONSTRUCTORS,
  ELEMENT_BYTES,
  ELEMENT_TYPES,
  viewsOf,
  wrapped,
  type ElementType,
  type IntegerArray,
  type Value,
} from './element-types.ts';
export {
  changedNothing,
  EVERYONE,
  FOREVER,
  foundBy,
  isPlain,
  Kind,
  leftBy,
  mayWrite,
  mixed,
  perform,
  sameOperation,
  touchesMemory,
  Woken,
  WOKEN_TEXTS,
  type Operation,
} from './operation.ts';
export { SourceSites, type Site } from './source-sites.ts';
