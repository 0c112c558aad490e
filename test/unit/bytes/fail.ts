import { expect } from 'vitest';
import { KerchunkError } from '../../../src/errors';

/** The KerchunkError that a promise is rejected with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<KerchunkError> {
  const outcome: unknown = await promise.then(
    () => 'no failure',
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(KerchunkError);
  return outcome as KerchunkError;
}

/** The KerchunkError that a call throws. */
export function thrownBy(call: () => unknown): KerchunkError {
  let outcome: unknown = 'no failure';
  try {
    call();
  } catch (error) {
    outcome = error;
  }
  expect(outcome).toBeInstanceOf(KerchunkError);
  return outcome as KerchunkError;
}
