// Drawings of schedules and charts, and pages of one file: as text here, as modules for browsers in browser/.
export { scriptJson, toHtml } from './html.ts';
export { selfContainedPage, steppingStyle } from './self-contained-page.ts';
export { timelineSvg } from './timeline-svg.ts';
