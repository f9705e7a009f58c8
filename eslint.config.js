import { builtinModules } from 'node:module';
import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * The folders of src/ from the bottom up. A folder imports folders of lower levels only, and only their index.ts.
 * CONTRIBUTING.md says what each is for.
 */
const levels = [
  ['loader', 'verdict', 'course', 'system'],
  ['interleave'],
  ['arena', 'drawing', 'speedup', 'page-server'],
  ['exploration'],
  ['suite'],
  ['mistakes'],
  ['grade'],
  ['class-page', 'export', 'guide', 'play', 'verify'],
  ['class-run', 'run-page'],
  ['cli'],
];

/**
 * Files and folders besides index.ts that others import.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const furtherFaces = {
  // Modules that browsers load, too.
  drawing: ['./browser'],
  guide: ['./doctor/index.ts'],
  system: ['./no-inspector.ts'],
  // Must be there before anything can load TypeScript.
  loader: ['./register.js', './flags.js'],
};

const pathRules = {
  zones: [
    ...levels.flatMap((folders, level) => folders.flatMap((folder) => zonesOf(folder, levels.slice(0, level).flat()))),
    ...['exercises', 'solutions', 'tests'].map((from) => ({
      target: './src',
      from: `./${from}`,
      message: 'The toolkit knows no exercise: pass a path or a URL to it.',
    })),
    ...['exercises', 'solutions'].flatMap((target) =>
      ['src', 'tests'].map((from) => ({
        target: `./${target}`,
        from: `./${from}`,
        message: 'Student code is plain Node.js: it imports nothing of the toolkit or of a suite.',
      })),
    ),
    ...levels.flat().map((folder) => faceOf(folder, 'tests')),
  ],
};

/**
 * @param {string} folder of src/
 * @param {readonly string[]} below the folders that it may import
 */
function zonesOf(folder, below) {
  return levels
    .flat()
    .filter((other) => other !== folder)
    .map((other) =>
      below.includes(other)
        ? faceOf(other, `src/${folder}`)
        : {
            target: `./src/${folder}`,
            from: `./src/${other}`,
            message: `src/${folder} must not import src/${other}: dependencies point down (CONTRIBUTING.md, "Layers").`,
          },
    );
}

/**
 * @param {string} folder of src/
 * @param {string} target who imports it
 */
function faceOf(folder, target) {
  return {
    target: `./${target}`,
    from: `./src/${folder}`,
    except: ['./index.ts', ...(furtherFaces[folder] ?? [])],
    message: `Import src/${folder} through its index.ts.`,
  };
}

export default tseslint.config(
  // Accepted variants and attacks are laid over a solution before they run; alone, their imports lead nowhere.
  { ignores: ['coverage/', '.kata/', 'tests/*/accepted/', 'tests/attacks/'] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.js'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.js'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })],
    },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // tsc checks the few .js files too, and knows Node's globals.
      'no-undef': 'off',
      // The mistake of this whole subject: a promise that nobody waits for.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/no-restricted-paths': ['error', pathRules],
      'no-restricted-imports': ['error', { paths: builtinModules.filter((name) => !name.startsWith('node:')) }],
      'max-len': ['error', { code: 120, ignoreUrls: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'ImportDeclaration[source.value=/^node:/] > :matches(ImportDefaultSpecifier, ImportNamespaceSpecifier)',
          message: "Import Node's modules by name: import { join } from 'node:path'.",
        },
        {
          selector:
            ':matches(PropertyDefinition, MethodDefinition[kind!="constructor"])[accessibility=/private|public/]',
          message: 'Write #name for what is private, and nothing for what is public.',
        },
      ],
    },
  },
  {
    files: ['src/**', 'exercises/**', 'solutions/**'],
    ignores: ['**/*.test.ts'],
    rules: { 'max-lines': ['error', 250] },
  },
  // A skeleton's parameters wait for the student's code.
  {
    files: ['exercises/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-vars': 'off', '@typescript-eslint/require-await': 'off' },
  },
);
