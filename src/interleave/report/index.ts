// What a report is made of, and how it reads in a terminal.
export { causeOf } from './cause.ts';
export type { Cause } from './trail.ts';
export { ExplorerError, withReason } from './explorer-error.ts';
export { formatReport, reportTimeline, type Formattable, type FormatOptions } from './format-report.ts';
export { baseName } from './base-name.ts';
export type * from './position.ts';
export type * from './reasons.ts';
export type * from './report.ts';
export type * from './timeline.ts';
