// The page of one run: failing schedules beside the student's source, step by step.
export { hasSchedule, runPage } from './run-page.ts';
