import { describe, expect, it } from 'vitest';
import { compressionName, samplesInWords } from '../../../src/tiff/names';
import type { SampleFormat } from '../../../src/tiff/types';

function samples(bitsPerSample: number[], ...sampleFormat: SampleFormat[]): Parameters<typeof samplesInWords>[0] {
  return { samplesPerPixel: bitsPerSample.length, bitsPerSample, sampleFormat };
}

describe('names', () => {
  it('of compressions have the number of the tag', () => {
    expect([1, 4, 7, 34887, 50000].map(compressionName)).toEqual([
      'no compression (1)',
      'CCITT Group 4 (4)',
      'JPEG (7)',
      'LERC (34887)',
      'ZSTD (50000)',
    ]);
    expect(compressionName(44510)).toBe('compression 44510');
  });

  it('of samples tell their number, format and size', () => {
    expect(samplesInWords(samples([32], 'complex-signed'))).toBe('1 band of complex integers of 32 bits');
    expect(samplesInWords(samples([1, 1], 'unsigned', 'unsigned'))).toBe('2 bands of unsigned integers of 1 bit');
    expect(samplesInWords(samples([5, 6, 5], 'unsigned', 'unsigned', 'unsigned'))).toBe(
      '3 bands of unsigned integers of 5, 6 bits',
    );
  });
});
