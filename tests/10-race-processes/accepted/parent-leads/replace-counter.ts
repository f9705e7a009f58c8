import { writeCounter } from './counter-file.ts';
import { type Files, nodeFiles } from './files.ts';

let calls = 0;

export function replaceCounter(path: string, count: number, files: Files = nodeFiles): Promise<void> {
  const temporary = `${path}-${process.pid}-${++calls}`;
  return writeCounter(temporary, count, files)
    .then(() => files.rename(temporary, path))
    .catch(async (error: unknown) => {
      await files.unlink(temporary).then(
        () => undefined,
        () => undefined,
      );
      throw error;
    });
}
