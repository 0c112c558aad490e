import { describe, expect, it } from 'vitest';
import { parseContentRange } from '../../../src/bytes/content-range';
import { parseRetryAfter, retrying, retryPolicy, TransientError } from '../../../src/bytes/retry';
import { KerchunkError } from '../../../src/errors';
import { failureOf } from './fail';

const transient = (retryAfter?: number): Promise<never> =>
  Promise.reject(new TransientError('fetch-failed', 'Busy.', retryAfter));

function recorder(random: number): { waits: number[]; policy: ReturnType<typeof retryPolicy> } {
  const waits: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  return { waits, policy: retryPolicy({ random: () => random, sleep }) };
}

describe('the retry policy', () => {
  it('doubles its waits, and takes a random half to whole of each', async () => {
    const full = recorder(1);
    const error = await failureOf(retrying(() => transient(), full.policy));
    expect(error.message).toBe('Busy. Tried 4 times.');
    expect(full.waits).toEqual([500, 1000, 2000]);
    const half = recorder(0);
    await failureOf(retrying(() => transient(), half.policy));
    expect(half.waits).toEqual([250, 500, 1000]);
  });

  it('honours Retry-After where it is longer, up to 20 seconds', async () => {
    const { waits, policy } = recorder(1);
    const asked = [100, 5000, 3_600_000];
    await failureOf(retrying((number) => transient(asked[number - 1]), policy));
    expect(waits).toEqual([500, 5000, 20_000]);
  });

  it('begins no attempt after its total time', async () => {
    const { waits, policy } = recorder(1);
    const error = await failureOf(retrying(() => transient(), { ...policy, total: 400 }));
    expect(error.message).toBe('Busy. Tried once.');
    expect(waits).toEqual([]);
  });

  it('does not try again what is final', async () => {
    let tries = 0;
    const final = (): Promise<never> => {
      tries++;
      return Promise.reject(new KerchunkError('fetch-failed', 'Gone.'));
    };
    expect((await failureOf(retrying(final, recorder(1).policy))).message).toBe('Gone.');
    expect(tries).toBe(1);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2025, 0, 1, 12, 0, 0);
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Wed, 01 Jan 2025 12:00:30 GMT', 30_000],
    ['Wed, 01 Jan 2025 11:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is %s ms', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });
});

describe('Content-Range', () => {
  it.each([
    ['bytes 0-99/1000', { start: 0, end: 99, total: 1000 }],
    ['bytes 0-99/*', { start: 0, end: 99 }],
    ['bytes */1000', { total: 1000 }],
    ['BYTES 5-5/6', { start: 5, end: 5, total: 6 }],
    [
      ' bytes  9007199254740988-9007199254740990/9007199254740991 ',
      { start: 9007199254740988, end: 9007199254740990, total: 9007199254740991 },
    ],
    ['bytes 0-99/9007199254740993', undefined],
    ['bytes 0-9007199254740993/*', undefined],
    ['bytes */9007199254740993', undefined],
    ['bytes */*', undefined],
    ['bytes 99-0/1000', undefined],
    ['bytes 0-1000/1000', undefined],
    ['items 0-99/1000', undefined],
    ['bytes=0-99/1000', undefined],
    ['bytes -1-99/1000', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j', (header, expected) => {
    expect(parseContentRange(header)).toEqual(expected);
  });
});
