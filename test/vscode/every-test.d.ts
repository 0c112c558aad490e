/** Made by the bundler (test/host/test-bundle.mjs). */
declare module 'every-test' {
  /** Loads every `*.test.ts` of this folder; mocha's `describe` and `it` must be there by then. */
  export function loadEveryTest(): void;
}
