import { isOwnFile } from '../../common/index.ts';

const location = /[\s(]((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):\d+\)?$/;

/** The places in a stack that are neither Node's nor the explorer's, innermost first. */
export function* frames(stack: string | undefined): Generator<{ file: string; line: number }> {
  for (const text of stack?.split('\n').slice(1) ?? []) {
    const match = location.exec(text);
    const file = match?.[1]?.replace(/[?#].*$/, '');
    if (!file || /[/\\]node_modules[/\\]/.test(file)) continue;
    if (isOwnFile(file)) continue;
    yield { file, line: Number(match?.[2]) };
  }
}
