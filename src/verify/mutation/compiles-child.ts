// Runs in a child process (compiles.ts), because the compiler holds the event loop for minutes.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type TypeScript from 'typescript';

interface Request {
  root: string;
  folder: string;
  files: readonly string[];
  changes: readonly { file: string; text: string }[];
}

// An `import` would search all of the compiler's text for the names that it exports.
const ts = createRequire(import.meta.url)('typescript') as typeof TypeScript;

const { root, folder, files, changes } = JSON.parse(await text(process.stdin)) as Request;
const config = ts.getParsedCommandLineOfConfigFile(
  join(root, 'tsconfig.json'),
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => process.exit(1) },
);
const options = config?.options ?? {};
const names = files.map((file) => join(folder, file));
const plain = ts.createCompilerHost(options);
const known = new Map<string, TypeScript.SourceFile | undefined>();
/** Unchanged files are parsed once, and the compiler reuses what it knows of them. */
function hostWith(changed: string, text: string): TypeScript.CompilerHost {
  return {
    ...plain,
    getSourceFile(name, language) {
      if (name === changed) return ts.createSourceFile(name, text, language);
      if (!known.has(name)) known.set(name, plain.getSourceFile(name, language));
      return known.get(name);
    },
  };
}

let program: TypeScript.Program | undefined;
const good = changes.map(({ file, text }) => {
  const current = ts.createProgram(names, options, hostWith(join(folder, file), text), program);
  program = current;
  return names.every((name) => {
    const source = current.getSourceFile(name);
    return [...current.getSyntacticDiagnostics(source), ...current.getSemanticDiagnostics(source)].length === 0;
  });
});
process.stdout.write(JSON.stringify(good));
