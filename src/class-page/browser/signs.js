// @ts-check
/** @import { Standing } from '../page-data.ts' */

/**
 * Beside each color stands a sign.
 * @type {Readonly<Record<Standing, string>>}
 */
export const signs = { all: '✓', some: '◐', none: '✗', blank: '–', open: '?', fault: '⚠' };
