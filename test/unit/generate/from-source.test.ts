import { describe, expect, it } from 'vitest';
import { Outputs, referenceFileName } from '../../../src/generate/from-source';

describe('the name of a reference file', () => {
  it.each([
    ['/data/B04.tif', 'B04.kerchunk.json'],
    ['C:\\data\\B04.TIFF', 'B04.kerchunk.json'],
    ['scene#1.tif', 'scene#1.kerchunk.json'],
    ['/data/a?b.tif', 'a?b.kerchunk.json'],
    ['file:///data/scene#1.tif', 'scene#1.kerchunk.json'],
    ['https://x.org/a/B04.tif?token=a/b#c', 'B04.kerchunk.json'],
    ['s3://bucket/B04.tif#1', 'B04.kerchunk.json'],
    ['https://x.org/?id=1', 'x.org.kerchunk.json'],
    ['.tif', 'references.kerchunk.json'],
  ])('%s gives %s', (location, name) => {
    expect(referenceFileName(location)).toBe(name);
  });
});

describe('the outputs of a run', () => {
  it('belong to one input each, whatever the file system makes of case and accents', () => {
    const outputs = new Outputs();
    expect(outputs.claim('/out/\u00e9.json', 'a/\u00e9.tif')).toBeUndefined();
    expect(outputs.claim('/out/b.json', 'a/b.tif')).toBeUndefined();
    expect(outputs.claim('/other/b.json', 'c/b.tif')).toBeUndefined();
    expect(outputs.claim('/out/E\u0301.json', 'b/E\u0301.tif')).toContain('takes those of a/\u00e9.tif');
    expect(outputs.claim('/out/b.json', 'b/b.tif')).toContain('go to b.json, which takes those of a/b.tif');
  });
});
