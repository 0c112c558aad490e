import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { type Directory, ifdName } from './directory';
import { MAX_CHUNKS, MAX_SIDE } from './limits';
import { Tag } from './tags';
import type { SampleFormat, TiffImage } from './types';
import type { TagValues } from './values';

/** An image without the tables of its chunks. */
export type ImageLayout = Omit<TiffImage, 'offsets' | 'lengths' | 'kind'>;

/** SampleFormat (339) by number. */
const SAMPLE_FORMATS: readonly (SampleFormat | undefined)[] = [
  undefined,
  'unsigned',
  'signed',
  'float',
  'void',
  'complex-signed',
  'complex-float',
];

/** Samples of one pixel that a description takes for real; TIFF counts them in 16 bits. */
const MAX_SAMPLES = 65_535;

/**
 * The layout that an IFD's tags state, with the defaults of TIFF 6.0 where they are absent.
 * @throws KerchunkError `malformed-tiff` for what cannot be, `limit-exceeded` for more chunks than fit in memory.
 */
export function readLayout(directory: Directory, values: TagValues, subfileType: number): ImageLayout {
  const name = ifdName(directory);
  const side = (value: number, what: string): number => {
    if (Number.isInteger(value) && value >= 1 && value <= MAX_SIDE) return value;
    throw new KerchunkError(
      'malformed-tiff',
      `${name} has a ${what} of ${countInWords(value)} pixels; from 1 to 2^31 - 1 are possible.`,
    );
  };
  const width = side(values.required(Tag.ImageWidth), 'width');
  const height = side(values.required(Tag.ImageLength), 'height');
  const tiled = values.has(Tag.TileWidth) || values.has(Tag.TileLength);
  const chunkWidth = tiled ? side(values.required(Tag.TileWidth), 'tile width') : width;
  const rowsPerStrip = values.number(Tag.RowsPerStrip, height);
  const chunkHeight = tiled
    ? side(values.required(Tag.TileLength), 'tile height')
    : Math.min(rowsPerStrip || height, height);
  const chunksAcross = Math.ceil(width / chunkWidth);
  const chunksDown = Math.ceil(height / chunkHeight);
  const samplesPerPixel = values.number(Tag.SamplesPerPixel, 1);
  if (samplesPerPixel < 1 || samplesPerPixel > MAX_SAMPLES) {
    throw new KerchunkError('malformed-tiff', `${name} has ${countInWords(samplesPerPixel)} samples per pixel.`);
  }
  const planar = values.number(Tag.PlanarConfiguration, 1) === 2 && samplesPerPixel > 1;
  const chunks = chunksAcross * chunksDown * (planar ? samplesPerPixel : 1);
  if (chunks > MAX_CHUNKS) {
    throw new KerchunkError(
      'limit-exceeded',
      `${name} has ${countInWords(chunks)} ${tiled ? 'tiles' : 'strips'}; more than ${countInWords(MAX_CHUNKS)} are not read. Rewrite the file with larger tiles.`,
    );
  }
  const colorMap = values.numbers(Tag.ColorMap);
  const chroma = values.numbers(Tag.YCbCrSubSampling);
  const jpegTables = values.bytes(Tag.JPEGTables);
  return {
    index: directory.index,
    width,
    height,
    tiled,
    chunkWidth,
    chunkHeight,
    chunksAcross,
    chunksDown,
    samplesPerPixel,
    bitsPerSample: perSample(values.numbers(Tag.BitsPerSample), samplesPerPixel, 1),
    sampleFormat: perSample(values.numbers(Tag.SampleFormat), samplesPerPixel, 1).map((number) =>
      sampleFormat(name, number),
    ),
    planar,
    compression: values.number(Tag.Compression, 1),
    predictor: values.number(Tag.Predictor, 1),
    fillOrder: values.number(Tag.FillOrder, 1),
    photometric: values.number(Tag.PhotometricInterpretation, 1),
    ...(chroma[0] !== undefined && chroma[1] !== undefined
      ? { chromaSubsampling: [chroma[0], chroma[1]] as const }
      : {}),
    extraSamples: values.numbers(Tag.ExtraSamples),
    ...(jpegTables === undefined ? {} : { jpegTables }),
    ...(values.has(Tag.LercParameters) ? { lercParameters: values.numbers(Tag.LercParameters) } : {}),
    ...(colorMap.length > 0 ? { colorMap: Uint16Array.from(colorMap) } : {}),
    subfileType,
  };
}

/** A value for each sample; one stated once, or too few times, holds for the rest too, as libtiff has it. */
function perSample(stated: readonly number[], samples: number, fallback: number): number[] {
  return Array.from({ length: samples }, (_, sample) => stated[sample] ?? stated.at(-1) ?? fallback);
}

function sampleFormat(name: string, number: number): SampleFormat {
  const format = SAMPLE_FORMATS[number];
  if (format !== undefined) return format;
  throw new KerchunkError('malformed-tiff', `${name} states sample format ${number}; 1 to 6 are defined (tag 339).`);
}

/** Bytes that each chunk of an uncompressed image has, in the order of its tables; the last strip may be shorter. */
export function uncompressedLengths(layout: ImageLayout): Float64Array {
  const samples = layout.planar ? 1 : layout.samplesPerPixel;
  const bits = layout.bitsPerSample.slice(0, samples).reduce((sum, size) => sum + size, 0);
  const rowBytes = Math.ceil((layout.chunkWidth * bits) / 8);
  const { chunksAcross, chunksDown, chunkHeight, height, tiled } = layout;
  const lastRows = tiled ? chunkHeight : height - (chunksDown - 1) * chunkHeight;
  const planes = layout.planar ? layout.samplesPerPixel : 1;
  const lengths = new Float64Array(chunksAcross * chunksDown * planes).fill(rowBytes * chunkHeight);
  for (let plane = 0; plane < planes; plane += 1) {
    const end = (plane + 1) * chunksAcross * chunksDown;
    lengths.fill(rowBytes * lastRows, end - chunksAcross, end);
  }
  return lengths;
}
