import { describe, expect, it } from 'vitest';
import { encodeIndexed } from '../../../src/picture/indexed';
import { paint } from '../../../src/picture/png';
import { thumbnail } from '../../../src/picture/thumbnail';
import { colours, nd } from './arrays';

describe('encodeIndexed', () => {
  it('keeps every colour and opacity, wherever the transparent ones come up', () => {
    const rgba = Uint8Array.of(9, 8, 7, 255, 0, 0, 0, 0, 9, 8, 7, 255, 1, 2, 3, 128);
    const png = encodeIndexed({ rgba, width: 2, height: 2 });
    expect(png === undefined ? [] : colours(png)).toEqual([...rgba]);
  });

  it('keeps colours without any transparent one', () => {
    const rgba = Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255);
    const png = encodeIndexed({ rgba, width: 2, height: 1 });
    expect(png === undefined ? [] : colours(png)).toEqual([...rgba]);
  });

  it('takes 256 colours and no more', () => {
    const many = (count: number) =>
      Uint8Array.from({ length: 4 * count }, (_, i) => [i >> 2, i >> 10, 0, 255][i % 4] ?? 0);
    expect(encodeIndexed({ rgba: many(256), width: 256, height: 1 })).toBeInstanceOf(Uint8Array);
    expect(encodeIndexed({ rgba: many(257), width: 257, height: 1 })).toBeUndefined();
  });
});

describe('thumbnail', () => {
  it('shows every second pixel of what is twice as large, as the picture does', () => {
    const array = nd(
      '<i2',
      [512, 300],
      Int16Array.from({ length: 512 * 300 }, (_, i) => (i % 300) - (i % 7)),
    );
    const { png, width, height } = thumbnail(array, null, 70_000);
    expect([width, height]).toEqual([150, 256]);
    expect(colours(png)).toEqual([...paint(array, { maximumSide: 256 }).rgba]);
  });

  it('is smaller in pixels where the PNG would be too large, never in colours', () => {
    let state = 7;
    const noise = Uint16Array.from({ length: 256 * 256 }, () => (state = (state * 48271) % 2147483647) & 0xffff);
    const found = thumbnail(nd('<u2', [256, 256], noise), null, 20_000);
    expect(found.png.length).toBeLessThanOrEqual(20_000);
    // Every second pixel, which stands for itself.
    expect([found.width, found.height]).toEqual([128, 128]);
  });

  it('shows colours of their own as they are', () => {
    const rgb = Uint8Array.from({ length: 40 * 40 * 3 }, (_, i) => (i * 31) & 0xff);
    const { png, width } = thumbnail(nd('|u1', [40, 40, 3], rgb), null, 70_000);
    expect(width).toBe(160);
    expect(colours(png).slice(0, 4)).toEqual([0, 31, 62, 255]);
  });
});
