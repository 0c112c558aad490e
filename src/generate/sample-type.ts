import type { TiffDescription, TiffImage } from '../tiff/types';
import { plural } from '../words';
import type { DataType } from '../zarr/types';
import { hasOwnSamples, isJpegXl } from './compression';
import { notExpressible, rewrite, UNREADABLE } from './refusal';

/** What numpy calls the samples of an image. */
export interface SampleType {
  /** `<u2`, `|u1`, `>f4`, … in the byte order of the file; little-endian where tiles are images. */
  dtype: string;
  type: DataType & { kind: 'u' | 'i' | 'f' | 'c' };
}

const widths = {
  u: [8, 16, 32, 64],
  i: [8, 16, 32, 64],
  f: [16, 32, 64],
  c: [64, 128],
} as const;

const kinds = { unsigned: 'u', void: 'u', signed: 'i', float: 'f', 'complex-float': 'c' } as const;

/**
 * The type of an image's samples (BitsPerSample 258, SampleFormat 339), all of which must agree.
 * @param name of the image, for messages.
 * @throws KerchunkError `not-expressible` where numpy has no such type, bands differ or their byte order is not sure, saying what to do.
 */
export function sampleType(image: TiffImage, byteOrder: TiffDescription['byteOrder'], name: string): SampleType {
  const bits = image.bitsPerSample[0] ?? 1;
  const format = image.sampleFormat[0] ?? 'unsigned';
  if (image.bitsPerSample.some((other) => other !== bits)) {
    throw notExpressible(
      name,
      `its bands have different depths (${image.bitsPerSample.join(', ')} bits), and a zarr array has one data type`,
      UNREADABLE,
    );
  }
  if (image.sampleFormat.some((other) => other !== format)) {
    throw notExpressible(
      name,
      `its bands have different sample formats (${image.sampleFormat.join(', ')}), and a zarr array has one data type`,
      UNREADABLE,
    );
  }
  if (format === 'complex-signed') {
    throw notExpressible(
      name,
      `its samples are complex integers of ${plural(bits, 'bit')}, for which numpy has no type`,
      rewrite(image),
    );
  }
  const kind = kinds[format];
  // Samples of 12 bits, say, that are coded as an image are not packed: decoders give them two bytes.
  const coded = hasOwnSamples(image.compression);
  const width = coded && bits > 8 && bits < 16 ? 16 : bits;
  if (!(widths[kind] as readonly number[]).includes(width)) throw oddDepth(name, image, bits, kind);
  const itemSize = width / 8;
  if (byteOrder === 'big' && width === 16 && isJpegXl(image.compression)) {
    throw notExpressible(
      name,
      `its JPEG XL of 16 bits stands in a big-endian file, where GDAL swaps the bytes of what is decoded and tifffile does not`,
      rewrite(image),
    );
  }
  const order = itemSize === 1 ? 'none' : coded ? 'little' : byteOrder;
  const mark = { none: '|', little: '<', big: '>' }[order];
  return { dtype: `${mark}${kind}${itemSize}`, type: { kind, itemSize, byteOrder: order } };
}

function oddDepth(name: string, image: TiffImage, bits: number, kind: 'u' | 'i' | 'f' | 'c'): Error {
  const size = plural(bits, 'bit');
  const reason =
    kind === 'f' || kind === 'c'
      ? `its samples are ${kind === 'f' ? 'floating-point' : 'complex'} numbers of ${size}, for which numpy has no type`
      : bits % 8 === 0
        ? `its samples have ${size}, for which numpy has no type`
        : `its samples have ${size}, packed without regard to bytes, and a zarr array has whole bytes`;
  return notExpressible(name, reason, rewrite(image));
}
