import { describe, expect, it } from 'vitest';
import { ChangedFileError, KerchunkError, NotFoundError } from '../../../src/errors';
import { errorOf, failureOf } from '../../../src/worker/failure';

describe('a failure that goes through the channel', () => {
  it.each([
    new KerchunkError('decode-failed', 'Bytes.'),
    new NotFoundError('Gone.'),
    new ChangedFileError('Another file.'),
  ])('is the same at the other end: $constructor.name', (error) => {
    const there = errorOf(structuredClone(failureOf(error, 'fetch-failed')));
    expect(there.constructor).toBe(error.constructor);
    expect([there.code, there.message]).toEqual([error.code, error.message]);
  });

  it('has the code that is given where it has none of its own', () => {
    expect(failureOf(new Error('Odd.'), 'write-failed')).toEqual({ code: 'write-failed', message: 'Odd.' });
  });
});
