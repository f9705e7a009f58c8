import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** @returns whether the course has its reference solutions, which the students' edition leaves out */
export const hasSolutions = (root: string): boolean => existsSync(join(root, 'solutions'));
