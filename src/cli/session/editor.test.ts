import { expect, test } from 'vitest';
import { editorCall } from './editor.ts';

const place = { file: '/course/split.ts', line: 12, column: 3 };

test.each([
  [{ TERM_PROGRAM: 'vscode', EDITOR: 'vim' }, 'code', ['-g', '/course/split.ts:12:3'], false],
  [{ EDITOR: 'code --wait' }, 'code', ['-g', '/course/split.ts:12:3'], false],
  [{ VISUAL: '/usr/bin/nvim', EDITOR: 'ed' }, '/usr/bin/nvim', ['+12', '/course/split.ts'], true],
  [{ EDITOR: 'emacsclient -t' }, 'emacsclient', ['-t', '+12', '/course/split.ts'], true],
  [{ EDITOR: 'hx' }, 'hx', ['/course/split.ts:12:3'], true],
  [{ EDITOR: '"/opt/my editor" -x' }, '/opt/my editor', ['-x', '/course/split.ts'], true],
])('%j', (env, command, args, inTerminal) => {
  expect(editorCall(place, env)).toEqual({ command, args, inTerminal });
});

test('nothing to call where none is named', () => {
  expect(editorCall(place, {})).toBeUndefined();
});

test('vi is called where the student wants it, not where npm has put it', () => {
  const npm = { npm_execpath: '/usr/lib/npm-cli.js', EDITOR: 'vi' };
  expect(editorCall(place, npm)).toBeUndefined();
  expect(editorCall(place, { ...npm, VISUAL: 'vi' })).toMatchObject({ command: 'vi' });
  expect(editorCall(place, { EDITOR: 'vi' })).toMatchObject({ command: 'vi' });
});
