import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The Node twin of a file (`inflate.node.ts`) stands in for the plain import (`./inflate`), as in the desktop build.
  resolve: { extensions: ['.node.ts', '.ts', '.mjs', '.js', '.json'] },
  test: {
    include: ['test/unit/**/*.test.ts'],
    globalSetup: [],
    testTimeout: 20_000,
  },
});
