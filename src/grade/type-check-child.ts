// Runs in a child of its own (type-check.ts): the compiler takes a second of CPU and holds the event loop all the
// while.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type TypeScript from 'typescript';

// An `import` would search all of the compiler's text for the names that it exports.
const ts = createRequire(import.meta.url)('typescript') as typeof TypeScript;

const [root = '', ...files] = process.argv.slice(2);
const config = ts.getParsedCommandLineOfConfigFile(
  join(root, 'tsconfig.json'),
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => process.exit(1) },
);
const judged = files.map((file) => join(root, file));
const program = ts.createProgram(judged, config?.options ?? {});
const found = judged.flatMap((name, at) => {
  const source = program.getSourceFile(name);
  if (!source) return [];
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ start = 0, messageText }) => {
      const { line, character } = source.getLineAndCharacterOfPosition(start);
      return {
        file: files[at],
        line: line + 1,
        column: character + 1,
        message: ts.flattenDiagnosticMessageText(messageText, ' ').replace(/\s+/g, ' '),
      };
    },
  );
});
process.stdout.write(JSON.stringify(found));
