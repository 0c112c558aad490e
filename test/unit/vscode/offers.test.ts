import { describe, expect, it } from 'vitest';
import { KerchunkError } from '../../../src/errors';
import { withOffers } from '../../../src/vscode/offers';

const none = (): undefined => undefined;

describe('a refusal with offers', () => {
  it('keeps its words where it cannot be told whether the pixels are shown', async () => {
    const refusal = new KerchunkError('short-last-strip', 'a.tif: no.');
    const offering = await withOffers(
      refusal,
      () => 8,
      () => Promise.reject(new Error('The worker ended.')),
    );
    expect(offering).toMatchObject({ code: 'short-last-strip', message: 'a.tif: no.', offers: { rowsToCut: 8 } });
  });

  it('offers to show the pixels where they are', async () => {
    const refusal = new KerchunkError('not-expressible', 'a.tif: no.');
    expect(await withOffers(refusal, none, () => Promise.resolve(true))).toMatchObject({ offers: { shown: true } });
    expect(await withOffers(refusal, none, () => Promise.resolve(false))).toHaveProperty('offers', {});
  });

  it('is no other error', async () => {
    const error = new KerchunkError('limit-exceeded', 'Too many.');
    expect(await withOffers(error, none, () => Promise.resolve(true))).toBe(error);
  });
});
