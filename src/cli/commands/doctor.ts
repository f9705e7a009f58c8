import { diagnose } from '#src/guide/doctor/index.ts';
import type { DoctorLine } from '#src/guide/doctor/index.ts';
import type { Context } from '../context.ts';
import type { Terminal } from '../terminal.ts';
import { paint } from '../terminal.ts';

/** `kata doctor`: what is fine here, what makes timings unreliable, what will not work. 1 when something will not. */
export async function doctor({ root, terminal }: Context, { json }: { json?: boolean }): Promise<number> {
  const lines = await diagnose(root);
  if (json) terminal.line(JSON.stringify({ version: 1, lines }, undefined, 2));
  else terminal.line(diagnosis(lines, terminal));
  return lines.some(({ level }) => level === 'bad') ? 1 : 0;
}

function diagnosis(lines: readonly DoctorLine[], terminal: Terminal): string {
  const width = Math.max(...lines.map(({ name }) => name.length));
  const shown = lines.flatMap(({ name, level, found, advice }) => [
    `${paint(terminal, styles[level], level.padEnd(4))} ${name.padEnd(width)}  ${found}`,
    ...(advice === undefined ? [] : [`${' '.repeat(5 + width)}  → ${advice}`]),
  ]);
  const worst = levels.find((level) => lines.some((line) => line.level === level)) ?? 'ok';
  return [...shown, '', texts[worst]].join('\n');
}

const levels = ['bad', 'warn'] as const;
const styles = { ok: 'green', warn: 'yellow', bad: 'red' } as const;

const texts = {
  ok: 'All is well: verdicts and timings can be trusted here.',
  warn: 'The course works on this machine. Speed tasks may come out inconclusive, which costs no points.',
  bad: 'The kata do not work here yet: see the lines marked bad.',
};
