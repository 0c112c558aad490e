import type { TiffDescription, TiffImage } from '../tiff/types';
import type { DataType } from '../zarr/types';
import { notExpressible } from './refusal';

/** What numpy calls the samples of an image. */
export interface SampleType {
  /** `<u2`, `|u1`, `>f4`, … in the byte order of the file. */
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
 * @throws KerchunkError `not-expressible` where numpy has no such type or bands differ, saying what to do.
 */
export function sampleType(image: TiffImage, byteOrder: TiffDescription['byteOrder'], name: string): SampleType {
  const bits = image.bitsPerSample[0] ?? 1;
  const format = image.sampleFormat[0] ?? 'unsigned';
  if (image.bitsPerSample.some((other) => other !== bits)) {
    throw notExpressible(
      name,
      `its bands have different depths (${image.bitsPerSample.join(', ')} bits), and a zarr array has one data type`,
      'Write each band to a file of its own: gdal_translate -b 1 in.tif band1.tif',
    );
  }
  if (image.sampleFormat.some((other) => other !== format)) {
    throw notExpressible(
      name,
      `its bands have different sample formats (${image.sampleFormat.join(', ')}), and a zarr array has one data type`,
      'Write each band to a file of its own: gdal_translate -b 1 in.tif band1.tif',
    );
  }
  if (format === 'complex-signed') {
    throw notExpressible(
      name,
      `its samples are complex integers of ${bits} bits, for which numpy has no type`,
      'Rewrite it with complex floats: gdal_translate -ot CFloat32 -of COG in.tif out.tif',
    );
  }
  const kind = kinds[format];
  if (!(widths[kind] as readonly number[]).includes(bits)) throw oddDepth(name, bits, kind);
  const itemSize = bits / 8;
  const order = itemSize === 1 ? 'none' : byteOrder;
  const mark = { none: '|', little: '<', big: '>' }[order];
  return { dtype: `${mark}${kind}${itemSize}`, type: { kind, itemSize, byteOrder: order } };
}

function oddDepth(name: string, bits: number, kind: 'u' | 'i' | 'f' | 'c'): Error {
  const what = { u: 'unsigned', i: 'signed', f: 'floating-point', c: 'complex' }[kind];
  if (kind === 'f' || kind === 'c') {
    return notExpressible(
      name,
      `its samples are ${what} numbers of ${bits} bits, for which numpy has no type`,
      'Rewrite it: gdal_translate -ot Float32 -of COG in.tif out.tif',
    );
  }
  const wider = bits < 8 ? 8 : bits < 16 ? 16 : bits < 32 ? 32 : 64;
  return notExpressible(
    name,
    `its samples have ${bits} bits, packed without regard to bytes, and a zarr array has whole bytes`,
    `Rewrite it with ${wider} bits: gdal_translate -of COG -co COMPRESS=DEFLATE -co NBITS=${wider} in.tif out.tif`,
  );
}
