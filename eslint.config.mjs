import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The rooms of `src/` and what each may import: arrows point one way (see README, "The rooms of the code").
 * A room may always import its own files and the shared files that stand directly in `src/`.
 */
const rooms = {
  bytes: [],
  zarr: [],
  tiff: ['bytes'],
  references: ['zarr'],
  codecs: ['zarr'],
  picture: ['zarr'],
  export: ['zarr'],
  generate: ['bytes', 'tiff', 'references', 'zarr', 'codecs'],
  read: ['references', 'zarr', 'bytes', 'codecs'],
  manifest: ['references', 'zarr', 'bytes', 'codecs'],
  combine: ['manifest', 'read', 'references', 'zarr', 'bytes', 'codecs'],
  stack: ['combine', 'manifest', 'generate', 'read', 'references', 'zarr', 'bytes', 'codecs', 'tiff'],
  validate: ['read', 'generate', 'references', 'zarr', 'bytes', 'codecs', 'tiff'],
  check: ['validate', 'read', 'generate', 'references', 'zarr', 'bytes', 'codecs', 'tiff'],
  preview: [
    'check',
    'combine',
    'manifest',
    'export',
    'validate',
    'picture',
    'read',
    'generate',
    'references',
    'zarr',
    'bytes',
    'codecs',
    'tiff',
  ],
  worker: [
    'check',
    'stack',
    'combine',
    'manifest',
    'preview',
    'validate',
    'picture',
    'read',
    'generate',
    'references',
    'zarr',
    'bytes',
    'codecs',
    'tiff',
  ],
  webview: ['preview', 'picture', 'zarr', 'generate'],
  cli: [
    'check',
    'stack',
    'combine',
    'manifest',
    'validate',
    'picture',
    'read',
    'generate',
    'references',
    'zarr',
    'bytes',
    'codecs',
    'tiff',
  ],
};
const everyRoom = [...Object.keys(rooms), 'vscode'];

const noVscode = { name: 'vscode', message: 'Only src/vscode/ and src/extension.ts know VS Code.' };
const noNode = {
  regex: '^(node:|(fs|path|zlib|http|https|crypto|worker_threads|os|url|child_process|stream|buffer)$)',
  message: 'Node built-ins are imported only in *.node.ts files, each with a *.web.ts twin, and in cli.ts.',
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => {
  const closed = everyRoom.filter((other) => other !== room && !allowed.includes(other));
  return {
    files: [`src/${room}/**/*.ts`],
    ignores: ['src/**/*.node.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [noVscode],
          patterns: [
            noNode,
            {
              regex: `(^|/)(${closed.join('|')})/`,
              message: `src/${room}/ may import only: ${allowed.join(', ') || 'itself'}.`,
            },
          ],
        },
      ],
    },
  };
});

export default tseslint.config(
  { ignores: ['dist/', '.vscode-test/', 'node_modules/', '**/.venv*/', 'test/fixtures/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/tsconfig.web.json', './src/webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // An empty string is as good as an absent one where a default stands in.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/**/*.node.ts', 'src/cli.ts', 'src/vscode/**', 'src/extension.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noVscode], patterns: [noNode] }] },
  },
  {
    files: ['src/vscode/**/*.ts', 'src/extension.ts'],
    ignores: ['src/**/*.node.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noNode] }] },
  },
  { files: ['src/**/*.node.ts', 'src/cli.ts'], rules: { 'no-restricted-imports': ['error', { paths: [noVscode] }] } },
  ...roomRules,
  {
    files: ['test/**/*.{ts,mts,mjs}', 'src/**/*.mjs', 'docs/*.mjs', '*.mjs', '*.mts'],
    languageOptions: {
      globals: {
        process: 'readonly',
        AbortController: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
      },
    },
    rules: { 'no-console': 'off' },
  },
);
