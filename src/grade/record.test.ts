import { expect, test } from 'vitest';
import { schemaFile } from '#src/course/index.ts';
import { recordSchema } from './record.ts';

test('record.schema.json is up to date (npm run schemas writes it)', async () => {
  await expect(schemaFile(recordSchema)).toMatchFileSnapshot('./record.schema.json');
});
