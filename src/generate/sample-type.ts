import type { TiffDescription, TiffImage } from '../tiff/types';
import { plural } from '../words';
import type { DataType } from '../zarr/types';
import { givesBytes, hasOwnSamples, isJpegXl } from './compression';
import { usesPredictor } from './expressible';
import { notExpressible, rewrite, UNREADABLE } from './refusal';
import type { CodecChoice } from './types';

/** What numpy calls the samples of an image. */
export interface SampleType {
  /** `<u2`, `|u1`, `>f4`, …: in the byte order of the file, but little-endian where tiles are images or codecs give the samples anew. */
  dtype: string;
  type: DataType & { kind: 'u' | 'i' | 'f' | 'c' };
  /** Of the file. */
  storedOrder: TiffDescription['byteOrder'];
  /** What samples are that numpy has no type for; a codec makes others of them. */
  packing?: Packing;
}

/** `bits`: integers without regard to bytes. `float24`: floats of 24 bits. `complex-integers`: pairs of integers of 16 or 32 bits. */
export type Packing = 'bits' | 'float24' | 'complex-integers';

const widths = {
  u: [8, 16, 32, 64],
  i: [8, 16, 32, 64],
  f: [16, 32, 64],
  c: [64, 128],
} as const;

const kinds = { unsigned: 'u', void: 'u', signed: 'i', float: 'f', 'complex-float': 'c' } as const;

/**
 * The type of an image's samples (BitsPerSample 258, SampleFormat 339), all of which must agree.
 * @param name of the image, for messages. With `preview`, what only our own reader decodes passes.
 * @throws KerchunkError `not-expressible` where numpy has no such type and no codec makes one, bands differ, or their byte order is not sure.
 */
export function sampleType(
  image: TiffImage,
  storedOrder: TiffDescription['byteOrder'],
  name: string,
  { preview = false }: CodecChoice = {},
): SampleType {
  const bits = image.bitsPerSample[0] ?? 1;
  const format = image.sampleFormat[0] ?? 'unsigned';
  checkAgreement(image, name);
  const packing = packingOf(image, bits);
  if (packing === 'bits') {
    if (bits === 24 && !preview) {
      throw notExpressible(
        name,
        'its samples are integers of 24 bits, which imagecodecs 2025.3.30 and 2026.3.6 unpack in different orders of bytes',
        rewrite(image),
      );
    }
    const itemSize = bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
    return { ...numpyType('u', itemSize, bits === 24 ? storedOrder : 'little'), storedOrder, packing };
  }
  if (packing === 'float24') return { ...numpyType('f', 4, 'little'), storedOrder, packing };
  if (packing === 'complex-integers') return { ...numpyType('c', bits / 4, 'little'), storedOrder, packing };
  if (format === 'complex-signed') {
    throw notExpressible(
      name,
      `its samples are complex integers of ${plural(bits, 'bit')} for both parts, and readers have those of 32 and 64`,
      UNREADABLE,
    );
  }
  const kind = kinds[format];
  // Samples of 12 bits, say, that are coded as an image are not packed: decoders give them two bytes.
  const coded = hasOwnSamples(image.compression);
  const width = coded && bits > 8 && bits < 16 ? 16 : bits;
  if (!(widths[kind] as readonly number[]).includes(width)) throw oddDepth(name, image, bits, kind);
  if (storedOrder === 'big' && width === 16 && isJpegXl(image.compression)) {
    throw notExpressible(
      name,
      'its JPEG XL of 16 bits stands in a big-endian file, where GDAL swaps the bytes of what is decoded and tifffile does not',
      'Rewrite it with the one that gives the values that were meant; with GDAL: gdal_translate -of COG -co COMPRESS=DEFLATE in.tif out.tif',
    );
  }
  const order = coded || swapsParts(image, kind) ? 'little' : storedOrder;
  return { ...numpyType(kind, width / 8, order), storedOrder };
}

function numpyType(
  kind: 'u' | 'i' | 'f' | 'c',
  itemSize: number,
  byteOrder: TiffDescription['byteOrder'],
): Pick<SampleType, 'dtype' | 'type'> {
  const order = itemSize === 1 ? 'none' : byteOrder;
  const mark = { none: '|', little: '<', big: '>' }[order];
  return { dtype: `${mark}${kind}${itemSize}`, type: { kind, itemSize, byteOrder: order } };
}

/** Samples that a codec can make numbers of: libtiff and GDAL read integers of up to 32 bits, signed ones as unsigned where they are no whole bytes. */
function packingOf({ sampleFormat, compression }: TiffImage, bits: number): Packing | undefined {
  const [format = 'unsigned'] = sampleFormat;
  if (!givesBytes(compression)) return undefined;
  if (format === 'float') return bits === 24 ? 'float24' : undefined;
  if (format === 'complex-signed') return bits === 32 || bits === 64 ? 'complex-integers' : undefined;
  return format !== 'complex-float' && bits < 32 && bits !== 8 && bits !== 16 ? 'bits' : undefined;
}

/**
 * Predictor 2 takes a complex number for one integer, whose bytes in a big-endian file are in the reverse order of the number's: imaginary part
 * first. A codec turns them.
 */
function swapsParts(image: TiffImage, kind: string): boolean {
  return kind === 'c' && image.predictor === 2 && usesPredictor(image);
}

function checkAgreement({ bitsPerSample, sampleFormat }: TiffImage, name: string): void {
  const depths = new Set(bitsPerSample);
  const formats = new Set(sampleFormat);
  if (depths.size <= 1 && formats.size <= 1) return;
  const reason =
    depths.size > 1 ? `depths (${bitsPerSample.join(', ')} bits)` : `sample formats (${sampleFormat.join(', ')})`;
  throw notExpressible(name, `its bands have different ${reason}, and a zarr array has one data type`, UNREADABLE);
}

function oddDepth(name: string, image: TiffImage, bits: number, kind: 'u' | 'i' | 'f' | 'c'): Error {
  const what = { u: 'integers', i: 'integers', f: 'floating-point numbers', c: 'complex numbers' }[kind];
  return notExpressible(
    name,
    `its samples are ${what} of ${plural(bits, 'bit')}, for which numpy has no type`,
    rewrite(image),
  );
}

/** What a reader must know of integers that are no whole bytes: where what GDAL reads, as is done here, may not be what was meant. */
export function integerWarning({ sampleFormat, bitsPerSample }: TiffImage, type: SampleType): string | undefined {
  if (type.packing !== 'bits') return undefined;
  const [bits = 1] = bitsPerSample;
  if (sampleFormat[0] === 'signed') {
    return (
      `The samples are signed integers of ${plural(bits, 'bit')}, which are read as unsigned, as GDAL reads them: ` +
      'negative values come out as large ones.'
    );
  }
  if (bits !== 24) return undefined;
  const [first, stated] = type.storedOrder === 'big' ? ['lowest', 'highest'] : ['highest', 'lowest'];
  return (
    `The samples are integers of 24 bits, of which the first byte is read as the ${first}, as GDAL reads and writes them in ${type.storedOrder}-endian files; ` +
    `by the byte order of the file it would be the ${stated}.`
  );
}
