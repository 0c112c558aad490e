import { describe, expect, it } from 'vitest';
import { loadAsset, provideAssets } from '../../src/assets';

describe('assets', () => {
  it('reads each asset once, and again after a failure', async () => {
    let reads = 0;
    provideAssets((name) => {
      reads += 1;
      return reads === 1 ? Promise.reject(new Error('no disk')) : Promise.resolve(new TextEncoder().encode(name));
    });
    await expect(loadAsset('a.wasm')).rejects.toThrow('no disk');
    expect(new TextDecoder().decode(await loadAsset('a.wasm'))).toBe('a.wasm');
    await loadAsset('a.wasm');
    expect(reads).toBe(2);
  });
});
