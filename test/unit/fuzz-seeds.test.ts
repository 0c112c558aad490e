import { describe, expect, it } from 'vitest';
import seeds from '../fuzz/seeds.json';
import { runCase } from '../fuzz/targets';

describe('cases that fuzzing once found at fault', () => {
  it.each(seeds as { target: string; seed: number }[])('$target $seed', async ({ target, seed }) => {
    await expect(runCase(target, seed)).resolves.toBeUndefined();
  });

  it.each(['tiff', 'references', 'noise', 'codecs'])('%s, the first 20 seeds', async (target) => {
    for (let seed = 1; seed <= 20; seed += 1) await expect(runCase(target, seed)).resolves.toBeUndefined();
  });
});
