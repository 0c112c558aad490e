import type { JsonObject } from '../json';
import type { TiffImage } from '../tiff/types';
import { usesPredictor } from './expressible';
import type { SampleType } from './sample-type';

/**
 * The filters that make samples of an image of its rows of bytes: they undo the predictor and then give what numpy has no type for as
 * numbers that it has. In the order of zarr, which decodes from the last to the first.
 * @param chunkShape of the zarr array; the predictor's filter states it.
 */
export function sampleCodecs(image: TiffImage, type: SampleType, chunkShape: readonly number[]): JsonObject[] {
  const predictor = usesPredictor(image) ? [predictorCodec(image, type, chunkShape)] : [];
  return [...unpackingCodecs(image, type), ...predictor];
}

function unpackingCodecs(image: TiffImage, type: SampleType): JsonObject[] {
  const { packing, dtype, storedOrder } = type;
  const bits = image.bitsPerSample[0] ?? 1;
  const predictor = usesPredictor(image) ? image.predictor : 1;
  if (packing === 'bits') {
    const runlen = image.chunkWidth * (image.planar ? 1 : image.samplesPerPixel);
    const packints = { id: 'imagecodecs_packints', dtype, bitspersample: bits, bitorder: null, runlen };
    return type.type.byteOrder === 'big' ? lowestByteFirst(packints) : [packints];
  }
  if (packing === 'float24') {
    if (predictor !== 3) return [{ id: 'imagecodecs_float24', byteorder: markOf(storedOrder), rounding: null }];
    // imagecodecs gives an array of rows, and its float24 takes a list of bytes, which shuffling them one by one gives.
    return [
      { id: 'imagecodecs_float24', byteorder: '<', rounding: null },
      { id: 'shuffle', elementsize: 1 },
    ];
  }
  // Differences are of whole numbers of both parts, which stand in the order of the machine when they are undone.
  const whole = predictor === 2 && type.type.kind === 'c' && storedOrder === 'big';
  const turned = whole ? [castCodec(`>u${bits / 8}`, `<u${bits / 8}`)] : [];
  if (packing === undefined) return turned;
  return [castCodec(`${whole ? '<' : markOf(storedOrder)}i${bits / 16}`, `<f${bits / 8}`), ...turned];
}

/** Integers of 24 bits with the lowest byte first: shifted by 8 bits, what the highest first gives is the number with its bytes in reverse. */
function lowestByteFirst(packints: JsonObject): JsonObject[] {
  const dtype = '<u4';
  return [
    { id: 'fixedscaleoffset', offset: 0, scale: 1 / 256, dtype, astype: dtype },
    { ...packints, dtype },
  ];
}

function castCodec(stored: string, given: string): JsonObject {
  return { id: 'astype', encode_dtype: stored, decode_dtype: given };
}

function markOf(order: SampleType['storedOrder']): '<' | '>' {
  return order === 'big' ? '>' : '<';
}

function predictorCodec(
  image: TiffImage,
  { dtype, type, packing, storedOrder }: SampleType,
  chunkShape: readonly number[],
): JsonObject {
  const id = image.predictor === 2 ? 'imagecodecs_delta' : 'imagecodecs_floatpred';
  // A difference is to the same band of the pixel to the left: with interleaved bands, columns are the last axis but one.
  const axis = !image.planar && image.samplesPerPixel > 1 ? -2 : -1;
  const bytes = (image.bitsPerSample[0] ?? 8) / 8;
  // libtiff takes differences of complex numbers as of integers of as many bytes, and imagecodecs has none of complex numbers.
  const differed = packing === 'float24' ? '|V3' : type.kind === 'c' ? `${markOf(storedOrder)}u${bytes}` : dtype;
  return { id, axis, dist: 1, shape: [...chunkShape], dtype: differed };
}
