import { decodeChunk } from '../codecs/decode';
import { DecodeError } from '../codecs/decode-error';
import { codecsOf } from '../generate/codecs-of';
import { Compression } from '../generate/compression';
import { checkCompression, checkExpressible } from '../generate/expressible';
import { sampleType, type SampleType } from '../generate/sample-type';
import type { CodecChoice } from '../generate/types';
import type { TiffDescription, TiffImage } from '../tiff/types';
import { codecStepV2 } from '../zarr/codec-id';
import type { CodecStep, NdArray } from '../zarr/types';
import { imageInWords } from './tile-index';

/** Decodes the tiles and strips of one image as the TIFF's own tags say. */
export interface TruthDecoder {
  type: SampleType['type'];
  /**
   * The pixels of a stored tile or strip of `rows` rows: (rows, columns), or (rows, columns, bands) where bands are interleaved.
   * @throws DecodeError where the bytes are not what the tags say.
   */
  decode(stored: Uint8Array, rows: number): Promise<NdArray>;
}

/**
 * What the tags of an image say of its pixels.
 * @throws KerchunkError `not-expressible` or `malformed-tiff` where nothing here decodes them, naming the reason.
 */
export function truthDecoder(tiff: TiffDescription, image: TiffImage): TruthDecoder {
  const name = imageInWords(image);
  checkCompression(image, name);
  const sample = sampleType(image, tiff.byteOrder, name);
  checkExpressible(image, sample, name, choiceFor(image));
  const decodeRows = async (stored: Uint8Array, rows: number): Promise<NdArray> => {
    const interleaved = !image.planar && image.samplesPerPixel > 1;
    const chunkShape = [rows, image.chunkWidth, ...(interleaved ? [image.samplesPerPixel] : [])];
    const codecs = stepsOf(image, sample, chunkShape);
    return (await decodeChunk(stored, { chunkShape, dataType: sample.type, order: 'C', codecs })).array;
  };
  return {
    type: sample.type,
    decode: async (stored, rows) => {
      try {
        return await decodeRows(stored, rows);
      } catch (error) {
        // Some writers fill the last strip up with rows below the image.
        if (!(error instanceof DecodeError) || rows >= image.chunkHeight || image.compression === 1) throw error;
        return decodeRows(stored, image.chunkHeight);
      }
    },
  };
}

/** LERC is decoded with its mask, which libtiff honours and the codec of references drops. */
function choiceFor({ compression }: TiffImage): CodecChoice {
  return { preview: compression === Compression.lerc };
}

function stepsOf(image: TiffImage, sample: SampleType, chunkShape: readonly number[]): CodecStep[] {
  const { compressor, filters } = codecsOf(image, sample, { chunkShape }, choiceFor(image));
  const steps = (filters ?? []).map((filter) => codecStepV2(filter, 'filter'));
  return [...steps, codecStepV2(compressor, 'compressor')].filter((step) => step !== undefined);
}
