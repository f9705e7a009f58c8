// The explorer's public face.
export type { RuleAnswer, ThrownError } from './common/index.ts';
export * from './promises/index.ts';
export { baseName, causeOf, ExplorerError, formatReport, reportTimeline } from './report/index.ts';
export type * from './report/index.ts';
export * from './threads/index.ts';
