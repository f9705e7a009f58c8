import * as z from 'zod';
import { checkSchema, faultSchema, verdictSchema } from '#src/suite/index.ts';

const points = z.int().min(0);
const names = z.array(z.string());

const task = z.strictObject({
  number: z.int().min(1),
  title: z.string(),
  points,
  attainable: z.int().min(1),
  verdict: verdictSchema,
  checks: z.array(checkSchema),
});

const diagnostic = z.strictObject({ file: z.string(), line: z.int(), column: z.int(), message: z.string() });

const submittedFiles = z.strictObject({
  taken: names,
  missing: names,
  refused: z
    .array(z.strictObject({ file: z.string(), reason: z.string() }))
    .describe("files of the student's that exist and could not be taken"),
  notTaken: names.describe("files that differ from the course's own and have no effect; the first 20"),
});

const exercise = z.strictObject({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  points: points.nullable().describe('null when a fault left the exercise without a verdict'),
  attainable: points,
  verdict: z.union([verdictSchema, z.literal('fault')]).describe('of the first task that did not pass'),
  tasks: z.array(task),
  typeErrors: z
    .array(diagnostic)
    .describe("the TypeScript compiler's errors in the student's files; only collected when something has failed"),
  files: submittedFiles,
  isolation: z
    .strictObject({
      level: z.enum(['namespaces', 'processes']),
      otherUser: z.boolean().describe('whether student code ran as another user than the grader'),
      reason: z.string().optional().describe('why there were no namespaces'),
    })
    .describe('what kept student code from the grader and its files')
    .optional(),
  fault: faultSchema.optional(),
  milliseconds: z.int().min(0),
});

/**
 * What `kata grade` writes for other programs. record.schema.json is made of this: `npm run schemas`.
 * Keys always come in this order.
 */
export const recordSchema = z
  .strictObject({
    version: z.literal(1),
    gradedAt: z.string().describe('ISO 8601, UTC'),
    machine: z.strictObject({
      node: z.string(),
      platform: z.string(),
      arch: z.string(),
      processors: z.int().min(1),
    }),
    points: points.nullable().describe('null when a fault left an exercise without a verdict'),
    attainable: points,
    exercises: z.array(exercise),
  })
  .meta({ title: 'Result of `kata grade`, version 1', description: "Paths are relative to the course's root." });

export type GradeRecord = z.infer<typeof recordSchema>;
export type ExerciseRecord = z.infer<typeof exercise>;
export type TaskRecord = z.infer<typeof task>;
export type SubmittedFiles = z.infer<typeof submittedFiles>;
export type Diagnostic = z.infer<typeof diagnostic>;
