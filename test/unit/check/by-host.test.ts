import { describe, expect, it } from 'vitest';
import { eachByHost } from '../../../src/check/by-host';

const addresses = Array.from({ length: 1000 }, (_unused, i) => `https://h${i % 10}.example.org/${i}`);
const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe('eachByHost', () => {
  it('begins with nothing more behind a failure, waits for what runs, and throws what failed', async () => {
    let begun = 0;
    let running = 0;
    const work = async (): Promise<void> => {
      begun += 1;
      running += 1;
      const fails = begun === 7;
      await wait();
      running -= 1;
      if (fails) throw new Error('the seventh');
    };
    await expect(eachByHost(addresses, { perHost: 2, total: 5 }, work)).rejects.toThrow('the seventh');
    expect(running).toBe(0);
    // Five run at once, so that at most four more are under way beside the seventh, and each may have been followed by one.
    expect(begun).toBeLessThanOrEqual(12);
  });

  it('throws KerchunkError once cancelled', async () => {
    const cancel = new AbortController();
    let begun = 0;
    const work = async (): Promise<void> => {
      if (++begun === 3) cancel.abort();
      await wait();
    };
    const all = eachByHost(addresses, { perHost: 2, total: 5 }, work, cancel.signal);
    await expect(all).rejects.toMatchObject({ code: 'cancelled' });
    expect(begun).toBeLessThanOrEqual(5);
  });
});
