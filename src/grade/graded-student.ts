import * as z from 'zod';
import { recordSchema } from './record.ts';

/** One student of a class after grading: what the class run keeps, and all that the instructor's page needs. */
export const gradedStudentSchema = z.strictObject({
  student: z.string().describe("name of the student's folder"),
  fingerprint: z.string().describe('of the files that were judged and of the course that judged them'),
  record: recordSchema.nullable().describe('null where the folder could not be judged at all'),
  problem: z.string().optional().describe('why not'),
  sources: z
    .record(z.string(), z.record(z.string(), z.string()))
    .describe("the student's files that were judged: text by file name by exercise"),
});

export type GradedStudent = z.infer<typeof gradedStudentSchema>;
