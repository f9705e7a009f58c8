// What is fine on this machine, and what makes timings unreliable.
export { diagnose } from './diagnose.ts';
export type { DoctorLine } from './doctor-line.ts';
