import { describe, expect, it } from 'vitest';
import { isReplaceable } from '../../../src/references/replaceable';

const judged = (text: string) => isReplaceable(new TextEncoder().encode(text));

describe('what references may replace', () => {
  it.each([
    ['version 0', '{".zgroup":"{\\"zarr_format\\":2}","a/0":["x",0,1]}'],
    ['version 1', '{"version":1,"refs":{"a/0":["x",0,1]}}'],
    ['version 1 with templates', '{"version": 1, "templates": {"u": "s3://b"}, "gen": [], "refs": {}}'],
    ['references before the version', `{"refs": {"c/0": "base64:${'A'.repeat(6000)}"`],
    ['zarr v3', '{ "a/zarr.json" : {}}'],
    ['an empty object', '{ }'],
    ['an empty file', ''],
  ])('is %s', async (_, text) => {
    expect(await judged(text)).toBe(true);
  });

  it.each([
    ['a STAC Item whose assets are zarr', '{"type":"Feature","assets":{"z":{"href":"https://h/a.zarr/zarr.json"}}}'],
    ['templates of something else', '{"version":1,"templates":{"email":"x"}}'],
    ['refs of something else', '{"refs":{"heads/main":"abc"}}'],
    ['another version', '{"version":1.5,"refs":{}}'],
    ['a list', '[".zgroup"]'],
  ])('is not %s', async (_, text) => {
    expect(await judged(text)).toBe(false);
  });
});
