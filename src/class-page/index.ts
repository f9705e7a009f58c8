// The instructor's page: one HTML file about a class.
export { classPage } from './class-page.ts';
export { readReferences } from './references.ts';
export { misconceptionsOf } from './misconceptions.ts';
