import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  // Accepted variants are overlaid on a solution before they run; alone, their imports lead nowhere.
  { ignores: ['coverage/', '.kata/', 'tests/*/accepted/'] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The mistake of this whole subject: a promise that nobody waits for.
      // tsc checks the few .js files too, and knows Node's globals.
      'no-undef': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  // A skeleton's parameters wait for the student's code.
  {
    files: ['exercises/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-vars': 'off', '@typescript-eslint/require-await': 'off' },
  },
);
