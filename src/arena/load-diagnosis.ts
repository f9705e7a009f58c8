import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import type TypeScript from 'typescript';
import { formatFrame, type Frame } from '#src/verdict/index.ts';
import { fileOf } from './subject.ts';

/** Why a module cannot be loaded. */
export interface LoadProblem {
  /** Begins with the place. */
  readonly sentence: string;
  readonly place: Frame;
}

/**
 * Finds out why a module cannot be loaded, in words about the student's own files: what does not parse, what is
 * imported and is not there, which export is missing. Follows relative imports as Node would, and a scenario's
 * `#kata/…` imports, also those that are made when a function is called.
 * @param file path of the module
 * @returns undefined where all of this is in order and the cause lies elsewhere
 */
export async function diagnoseLoad(file: string): Promise<LoadProblem | undefined> {
  // Loaded for a failure only: the compiler takes 0.2 s, and an `import` of it as much again, to search its text for
  // exported names.
  const ts = createRequire(import.meta.url)('typescript') as typeof TypeScript;
  return new Diagnosis(ts).of(file);
}

class Diagnosis {
  readonly #ts: typeof TypeScript;
  readonly #seen = new Set<string>();

  constructor(ts: typeof TypeScript) {
    this.#ts = ts;
  }

  async of(file: string): Promise<LoadProblem | undefined> {
    if (this.#seen.has(file)) return undefined;
    this.#seen.add(file);
    const source = this.#parse(file);
    const [unparsed] = (source as { parseDiagnostics?: TypeScript.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
    if (unparsed)
      return problem(
        this.#place(source, unparsed.start),
        `does not compile. The compiler says: ${this.#ts.flattenDiagnosticMessageText(unparsed.messageText, ' ')}`,
      );
    for (const statement of source.statements) {
      const found = await this.#ofImport(source, statement);
      if (found !== undefined) return found;
    }
    for (const file of this.#importedLater(source)) {
      const found = existsSync(file) ? await this.of(file) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** @returns the files that functions import when they are called */
  #importedLater(source: TypeScript.SourceFile): string[] {
    const ts = this.#ts;
    const files: string[] = [];
    const visit = (node: TypeScript.Node): void => {
      const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
      const [name] = isImport ? node.arguments : [];
      if (name && ts.isStringLiteral(name) && isOwn(name.text)) files.push(targetOf(source, name.text));
      ts.forEachChild(node, visit);
    };
    visit(source);
    return files;
  }

  async #ofImport(source: TypeScript.SourceFile, statement: TypeScript.Statement): Promise<LoadProblem | undefined> {
    const ts = this.#ts;
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined;
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier) || !isOwn(moduleSpecifier.text))
      return undefined;
    if (ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
      return undefined;
    const target = targetOf(source, moduleSpecifier.text);
    const place = this.#place(source, moduleSpecifier.getStart(source));
    if (!existsSync(target)) {
      const beside = await readdir(dirname(target)).catch(() => []);
      const files = beside.filter((name) => name.endsWith('.ts'));
      const nearest = files.length > 0 ? closest(basename(target), files) : undefined;
      const advice =
        nearest === undefined
          ? ''
          : files.includes(`${basename(target)}.ts`)
            ? ` Write its ending: '${moduleSpecifier.text}.ts'.`
            : ` The nearest name there is ${nearest}.`;
      return problem(place, `imports '${moduleSpecifier.text}', and there is no such file.${advice}`);
    }
    if (!target.endsWith('.ts')) return undefined;
    const deeper = await this.of(target);
    if (deeper !== undefined) return deeper;
    const exported = this.#exportsOf(target);
    for (const name of this.#namesTaken(statement)) {
      if (exported.has(name) || exported.has('*')) continue;
      const nearest = exported.size > 0 ? ` It exports ${[...exported].join(', ')}.` : ' It exports nothing.';
      return problem(
        place,
        `imports ${name} from '${moduleSpecifier.text}', which has no export of that name.${nearest}`,
      );
    }
    return undefined;
  }

  /** Names that an import takes as values; types are erased and need not be there. */
  #namesTaken(statement: TypeScript.ImportDeclaration | TypeScript.ExportDeclaration): string[] {
    const ts = this.#ts;
    if (!ts.isImportDeclaration(statement)) return [];
    const { name, namedBindings } = statement.importClause ?? {};
    const named =
      namedBindings && ts.isNamedImports(namedBindings)
        ? namedBindings.elements.filter((each) => !each.isTypeOnly)
        : [];
    return [...(name ? ['default'] : []), ...named.map((each) => (each.propertyName ?? each.name).text)];
  }

  #exportsOf(file: string): Set<string> {
    const ts = this.#ts;
    const names = new Set<string>();
    for (const statement of this.#parse(file).statements) {
      if (ts.isExportAssignment(statement)) names.add('default');
      if (ts.isExportDeclaration(statement)) {
        if (statement.exportClause === undefined) names.add('*');
        else if (ts.isNamedExports(statement.exportClause))
          for (const each of statement.exportClause.elements) names.add(each.name.text);
        else names.add(statement.exportClause.name.text);
      }
      const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
      if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
      if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) names.add('default');
      else if (ts.isVariableStatement(statement)) {
        for (const { name } of statement.declarationList.declarations) {
          // A destructured export is rare enough to let anything pass.
          names.add(ts.isIdentifier(name) ? name.text : '*');
        }
      } else if ('name' in statement && statement.name) names.add((statement.name as TypeScript.Identifier).text);
    }
    return names;
  }

  #parse(file: string): TypeScript.SourceFile {
    return this.#ts.createSourceFile(file, readFileSync(file, 'utf8'), this.#ts.ScriptTarget.ESNext, true);
  }

  #place(source: TypeScript.SourceFile, at: number): Frame {
    const { line, character } = source.getLineAndCharacterOfPosition(at);
    return { file: source.fileName, line: line + 1, column: character + 1 };
  }
}

const isOwn = (name: string): boolean => /^(\.|#kata\/)/.test(name);

const targetOf = ({ fileName }: TypeScript.SourceFile, name: string): string =>
  name.startsWith('.') ? join(dirname(fileName), name) : fileOf(name);

const problem = (place: Frame, what: string): LoadProblem => ({ sentence: `${formatFrame(place)} ${what}`, place });
