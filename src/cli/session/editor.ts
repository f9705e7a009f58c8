import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/** A place in a file. */
export interface Place {
  /** Absolute. */
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** How to call an editor. */
export interface EditorCall {
  readonly command: string;
  readonly args: readonly string[];
  /** It draws on the terminal, which it must have for itself. */
  readonly inTerminal: boolean;
}

/** Editors with windows of their own that take `-g file:line:column`. */
const goTo = /^(code|code-insiders|cursor|codium|vscodium|windsurf)$/;
/** Others that take `file:line:column`, and the ones of these that draw on the terminal. */
const colons = /^(subl|sublime_text|zed|atom|hx|helix|micro)$/;
const drawsOnTerminal = /^(hx|helix|micro)$/;
/** Editors in the terminal that take `+line file`. */
const plus = /^(vi|vim|nvim|nano|pico|emacs|emacsclient|kak|joe|jed|ne|mg|ex|ed)$/;

/** @returns how to open `place`; undefined where the environment names no editor */
export function editorCall({ file, line = 1, column = 1 }: Place, env: NodeJS.ProcessEnv): EditorCall | undefined {
  const named = env['VISUAL'] || (isSetByNpm(env) ? undefined : env['EDITOR']);
  const chosen = env['TERM_PROGRAM'] === 'vscode' ? 'code' : named;
  const [command, ...given] = chosen?.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
  if (command === undefined) return undefined;
  const name = basename(command).replace(/\.(exe|cmd)$/i, '');
  const position = `${file}:${line}:${column}`;
  // With --wait, which git needs, the session would stand still until the file is closed.
  const flags = given.filter((flag) => flag !== '--wait' && flag !== '-w');
  if (goTo.test(name)) return { command, args: [...flags, '-g', position], inTerminal: false };
  if (colons.test(name)) return { command, args: [...flags, position], inTerminal: drawsOnTerminal.test(name) };
  if (plus.test(name)) return { command, args: [...given, `+${line}`, file], inTerminal: true };
  return { command, args: [...given, file], inTerminal: true };
}

/** Where the student has set no editor, npm sets $EDITOR to vi, which a beginner cannot leave. */
const isSetByNpm = (env: NodeJS.ProcessEnv): boolean => env['npm_execpath'] !== undefined && env['EDITOR'] === 'vi';

/**
 * Calls an editor.
 * @returns a sentence where it could not be started
 */
export function callEditor({ command, args, inTerminal }: EditorCall): Promise<string | undefined> {
  return new Promise((resolve) => {
    const shell = process.platform === 'win32';
    const child = spawn(command, args, { stdio: inTerminal ? 'inherit' : 'ignore', detached: !inTerminal, shell });
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(`The editor "${command}" cannot be started (${error.code ?? error.message}). Set $VISUAL or $EDITOR.`),
    );
    if (inTerminal) child.once('exit', () => resolve(undefined));
    else child.once('spawn', () => (child.unref(), resolve(undefined)));
  });
}
