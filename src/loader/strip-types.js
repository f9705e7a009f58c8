import { createRequire } from 'node:module';
import { blankSourceFile } from 'ts-blank-space';

// The compiler of ts-blank-space: the project's own may be TypeScript 7, which has no such API.
const requireBeside = createRequire(createRequire(import.meta.url).resolve('ts-blank-space'));
/** @type {unknown} */
const compiler = requireBeside('typescript');
const ts = /** @type {typeof import('typescript')} */ (compiler);

/**
 * Blanks out the types of a TypeScript file.
 * @param {string} file its path, for messages only
 * @param {string} typed its text
 * @returns {string} JavaScript of the same length, every token at its old place
 * @throws {SyntaxError} `file:line:column message` where the text does not parse or has syntax that cannot be erased
 */
export function stripTypes(file, typed) {
  const source = ts.createSourceFile(file, typed, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
  /** @type {(at: number, message: string) => never} */
  const refuse = (at, message) => {
    const { line, character } = source.getLineAndCharacterOfPosition(at);
    const error = new SyntaxError(`${file}:${line + 1}:${character + 1} ${message}`);
    // The place in the source comes first: the frames below it are those of the loader.
    error.stack = `${String(error)}\n    at ${file}:${line + 1}:${character + 1}`;
    throw error;
  };
  // parseDiagnostics is not in the published types, but it is what the parser found without a second pass.
  const [first] =
    /** @type {{ parseDiagnostics?: import('typescript').DiagnosticWithLocation[] }} */ (source).parseDiagnostics ?? [];
  if (first) refuse(first.start, ts.flattenDiagnosticMessageText(first.messageText, ' '));
  return blankSourceFile(source, (node) =>
    refuse(
      node.getStart(source),
      'this TypeScript syntax produces code and cannot be erased; write it as plain JavaScript with types',
    ),
  );
}
