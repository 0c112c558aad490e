import { describe, expect, it } from 'vitest';
import { compressionName, photometricName, sampleKind, samplesInWords } from '../../../src/tiff/names';
import type { SampleFormat } from '../../../src/tiff/types';

function samples(bitsPerSample: number[], ...sampleFormat: SampleFormat[]): Parameters<typeof sampleKind>[0] {
  return { samplesPerPixel: bitsPerSample.length, bitsPerSample, sampleFormat };
}

describe('names', () => {
  it('of compressions and photometric interpretations have the number of the tag', () => {
    expect([1, 4, 7, 34887, 50000].map(compressionName)).toEqual([
      'no compression (1)',
      'CCITT Group 4 (4)',
      'JPEG (7)',
      'LERC (34887)',
      'ZSTD (50000)',
    ]);
    expect(compressionName(44510)).toBe('compression 44510');
    expect([0, 4, 6].map(photometricName)).toEqual(['white is zero (0)', 'transparency mask (4)', 'YCbCr (6)']);
    expect(photometricName(77)).toBe('photometric interpretation 77');
  });

  it('of samples tell their kind and size where there is one', () => {
    expect(sampleKind(samples([16, 16], 'unsigned', 'unsigned'))).toEqual({ kind: 'u', bits: 16 });
    expect(sampleKind(samples([1], 'void'))).toEqual({ kind: 'u', bits: 1 });
    expect(sampleKind(samples([24], 'signed'))).toEqual({ kind: 'i', bits: 24 });
    expect(sampleKind(samples([16], 'float'))).toEqual({ kind: 'f', bits: 16 });
    expect(sampleKind(samples([64], 'complex-float'))).toEqual({ kind: 'c', bits: 64 });
    expect(sampleKind(samples([32], 'complex-signed'))).toBeUndefined();
    expect(sampleKind(samples([5, 6, 5], 'unsigned', 'unsigned', 'unsigned'))).toBeUndefined();
    expect(sampleKind(samples([8, 8], 'unsigned', 'signed'))).toBeUndefined();
    expect(samplesInWords(samples([32], 'complex-signed'))).toBe('1 band of complex integers of 32 bits');
    expect(samplesInWords(samples([5, 6, 5], 'unsigned', 'unsigned', 'unsigned'))).toBe(
      '3 bands of unsigned integers of 5, 6 bits',
    );
  });
});
