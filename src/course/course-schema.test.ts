import { expect, test } from 'vitest';
import { courseSchema } from './course-schema.ts';
import { schemaFile } from './schema.ts';

test('course.schema.json is up to date (npm run schemas writes it)', async () => {
  await expect(schemaFile(courseSchema)).toMatchFileSnapshot('./course.schema.json');
});
