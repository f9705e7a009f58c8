// The instructor's page: one HTML file about a class.
export { classPage, type ClassPageOptions } from './class-page.ts';
export type { References } from './class-data.ts';
export { readReferences } from './references.ts';
export { misconceptionsOf } from './misconceptions.ts';
