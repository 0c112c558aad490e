import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/validate/rules';
import { Sandbox } from './terminal';

describe('kerchunk explain', () => {
  it('tells what a rule means, where it is written, and its examples', async () => {
    const { exitCode, out } = await new Sandbox().run('explain', 'zarr2/dtype');
    const { title, explanation, source } = rules['zarr2/dtype'];
    expect(exitCode).toBe(0);
    for (const part of ['zarr2/dtype, error', title, explanation, source, 'Breaks it:', 'Is good:']) {
      expect(out).toContain(part);
    }
  });

  it('lists the rules of a kind, a line each', async () => {
    const { out } = await new Sandbox().run('explain', 'json');
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(Object.keys(rules).filter((code) => code.startsWith('json/')).length);
    expect(lines.every((line) => line.startsWith('json/'))).toBe(true);
  });

  it('gives them as JSON', async () => {
    const { out } = await new Sandbox().run('explain', 'kerchunk/offset', '--json');
    expect(JSON.parse(out)).toMatchObject([{ code: 'kerchunk/offset', severity: 'error' }]);
  });

  it.each([
    ['zarr2/dtyp', 'the nearest is zarr2/dtype'],
    ['nothing like it', 'Kinds are json, '],
  ])('says what "%s" might be', async (name, words) => {
    const { exitCode, told } = await new Sandbox().run('explain', name);
    expect(exitCode).toBe(2);
    expect(told).toContain(words);
  });
});
