// SPDX-License-Identifier: MPL-2.0
// Rules for all JavaScript of the project: the extension, its tests and the tools.

const READ = 'readonly';

const EVERYWHERE = {
  URL: READ, URLSearchParams: READ, console: READ, crypto: READ, setTimeout: READ,
  clearTimeout: READ, performance: READ, structuredClone: READ,
};

const NODE = {
  ...EVERYWHERE, process: READ, Buffer: READ, setImmediate: READ, setInterval: READ,
  clearInterval: READ, AbortController: READ, AbortSignal: READ, TextEncoder: READ,
  TextDecoder: READ,
};

const BACKGROUND = { ...EVERYWHERE, browser: READ };

const PAGE = {
  ...BACKGROUND, window: READ, document: READ, location: READ, screen: READ, Node: READ, CSS: READ,
  Blob: READ, navigator: READ,
};

const rules = {
  'array-callback-return': 'error',
  'block-scoped-var': 'error',
  complexity: ['error', 16],
  'consistent-return': 'error',
  curly: 'error',
  eqeqeq: 'error',
  'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
  'guard-for-in': 'error',
  'max-lines': ['error', 400],
  'max-lines-per-function': ['error', 60],
  'no-constructor-return': 'error',
  'no-dupe-keys': 'error',
  'no-else-return': 'error',
  'no-eval': 'error',
  'no-fallthrough': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-param-reassign': 'error',
  'no-promise-executor-return': 'error',
  'no-restricted-properties': ['error',
    { property: 'innerHTML', message: 'Text is set by textContent only.' },
    { property: 'outerHTML', message: 'Text is set by textContent only.' },
    { property: 'insertAdjacentHTML', message: 'Text is set by textContent only.' }],
  'no-self-compare': 'error',
  'no-shadow': 'error',
  'no-throw-literal': 'error',
  'no-undef': 'error',
  'no-unreachable': 'error',
  'no-unused-vars': ['error', { ignoreRestSiblings: true }],
  'no-use-before-define': ['error', { functions: false, variables: false }],
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'prefer-promise-reject-errors': 'error',
  'prefer-template': 'error',
  'require-atomic-updates': 'off',
};

export default [
  { ignores: ['build/**', 'node_modules/**', 'tests/evaluation/peers/**'] },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { ecmaVersion: 2022, sourceType: 'module', globals: NODE },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules,
  },
  { files: ['extension/shared/**'], languageOptions: { globals: EVERYWHERE } },
  { files: ['extension/background/**'], languageOptions: { globals: BACKGROUND } },
  {
    files: ['extension/review/**', 'extension/settings/**', 'extension/welcome/**',
      'extension/compose-button/**'],
    languageOptions: { globals: PAGE },
  },
  // A test is one long function of many short ones, and waits by the shortest words.
  {
    files: ['tests/**', 'tools/**'],
    rules: {
      complexity: 'off',
      'max-lines-per-function': 'off',
      'no-promise-executor-return': 'off',
      'no-shadow': 'off',
    },
  },
  { files: ['tests/thunderbird/addons/**'], languageOptions: { globals: BACKGROUND } },
];
