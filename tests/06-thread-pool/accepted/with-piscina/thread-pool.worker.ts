import { inspect } from 'node:util';
import { isClonable, pack } from './error-parcel.ts';

// piscina flattens errors and takes a thrown null for success, so nothing is thrown past it.
export default async function chunk({ taskModule, items }: { taskModule: string; items: unknown[] }): Promise<unknown> {
  const results: unknown[] = [];
  try {
    const { default: task } = (await import(taskModule)) as { default: (item: unknown) => unknown };
    for (const item of items) {
      const result = await task(item);
      if (!isClonable(result)) throw new Error(`no way back for the result of ${inspect(item)}`);
      results.push(result);
    }
    return { results };
  } catch (thrown) {
    return { offset: results.length, parcel: pack(thrown) };
  }
}
