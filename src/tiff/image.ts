import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import type { Directory } from './directory';
import { MAX_CHUNKS, MAX_SIDE } from './limits';
import { tagName, type TagValues } from './values';
import { Tag } from './tags';
import type { SampleFormat, TiffImage } from './types';

/** An image without the tables of its chunks. */
export type ImageLayout = Omit<TiffImage, 'offsets' | 'lengths' | 'kind'>;

/** How an image is cut into chunks. */
export type ChunkGrid = Pick<
  TiffImage,
  | 'width'
  | 'height'
  | 'tiled'
  | 'chunkWidth'
  | 'chunkHeight'
  | 'chunksAcross'
  | 'chunksDown'
  | 'samplesPerPixel'
  | 'planar'
>;

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

/** Number of chunks of an image: of all its planes, where the bands are separate. */
export function chunkCount(grid: ChunkGrid): number {
  return grid.chunksAcross * grid.chunksDown * (grid.planar ? grid.samplesPerPixel : 1);
}

/**
 * The chunk grid that an IFD's tags state, with the defaults of TIFF 6.0 where they are absent.
 * @throws KerchunkError `malformed-tiff` for what cannot be, `limit-exceeded` for more chunks than fit in memory.
 */
export function readGrid(values: TagValues): ChunkGrid {
  const side = (tag: number): number => {
    const value = values.required(tag);
    if (Number.isInteger(value) && value >= 1 && value <= MAX_SIDE) return value;
    throw new KerchunkError(
      'malformed-tiff',
      `${values.ifd} has ${countInWords(value)} pixels as its ${tagName(tag)}; from 1 to ${countInWords(MAX_SIDE)} are possible.`,
    );
  };
  const width = side(Tag.ImageWidth);
  const height = side(Tag.ImageLength);
  // One of the two tags is enough for libtiff.
  const tiled = values.has(Tag.TileWidth) || values.has(Tag.TileLength);
  const chunkWidth = tiled ? side(Tag.TileWidth) : width;
  const rowsPerStrip = values.number(Tag.RowsPerStrip, height);
  // libtiff ignores a RowsPerStrip of 0, which leaves the default, one strip.
  const stripHeight = rowsPerStrip >= 1 ? Math.min(rowsPerStrip, height) : height;
  const chunkHeight = tiled ? side(Tag.TileLength) : stripHeight;
  const samplesPerPixel = values.number(Tag.SamplesPerPixel, 1);
  if (samplesPerPixel < 1 || samplesPerPixel > MAX_SAMPLES) {
    throw new KerchunkError(
      'malformed-tiff',
      `${values.ifd} has ${countInWords(samplesPerPixel)} samples per pixel; from 1 to ${countInWords(MAX_SAMPLES)} are possible.`,
    );
  }
  const configuration = values.number(Tag.PlanarConfiguration, 1);
  if (configuration !== 1 && configuration !== 2) {
    throw new KerchunkError(
      'malformed-tiff',
      `${values.ifd} states ${tagName(Tag.PlanarConfiguration)} ${configuration}; 1 (interleaved) and 2 (separate planes) are defined.`,
    );
  }
  const grid = {
    width,
    height,
    tiled,
    chunkWidth,
    chunkHeight,
    chunksAcross: Math.ceil(width / chunkWidth),
    chunksDown: Math.ceil(height / chunkHeight),
    samplesPerPixel,
    planar: configuration === 2 && samplesPerPixel > 1,
  };
  if (chunkCount(grid) > MAX_CHUNKS) {
    throw new KerchunkError(
      'limit-exceeded',
      `${values.ifd} has ${countInWords(chunkCount(grid))} ${tiled ? 'tiles' : 'strips'}; more than ${countInWords(MAX_CHUNKS)} are not read. Rewrite the file with larger tiles.`,
    );
  }
  return grid;
}

/**
 * All that an IFD's tags state of an image but its chunk tables, with the defaults of TIFF 6.0 where they are absent.
 * @throws KerchunkError `malformed-tiff` for what cannot be.
 */
export function readLayout(directory: Directory, grid: ChunkGrid, values: TagValues, subfileType: number): ImageLayout {
  const { samplesPerPixel } = grid;
  const colorMap = values.numbers(Tag.ColorMap);
  const chroma = values.numbers(Tag.YCbCrSubSampling);
  const jpegTables = values.bytes(Tag.JPEGTables);
  const nodata = values.text(Tag.GDALNoData)?.trim() ?? '';
  const subIfds = directory.entries.get(Tag.SubIFDs)?.count ?? 0;
  const bitsPerSample = perSample(values, Tag.BitsPerSample, samplesPerPixel);
  if (bitsPerSample.some((bits) => bits < 1)) {
    throw new KerchunkError(
      'malformed-tiff',
      `${values.ifd} states ${tagName(Tag.BitsPerSample)} 0. The file is damaged.`,
    );
  }
  return {
    index: directory.index,
    ...(directory.subIfd === undefined ? {} : { subIfd: directory.subIfd }),
    ...grid,
    bitsPerSample,
    sampleFormat: perSample(values, Tag.SampleFormat, samplesPerPixel).map((number) => sampleFormat(values, number)),
    compression: values.number(Tag.Compression, 1),
    predictor: values.number(Tag.Predictor, 1),
    fillOrder: values.number(Tag.FillOrder, 1),
    // GDAL too takes an image that does not say for one in which black is zero.
    photometric: values.number(Tag.PhotometricInterpretation, 1),
    ...(chroma[0] !== undefined && chroma[1] !== undefined
      ? { chromaSubsampling: [chroma[0], chroma[1]] as const }
      : {}),
    extraSamples: values.numbers(Tag.ExtraSamples),
    ...(jpegTables === undefined ? {} : { jpegTables }),
    ...(values.has(Tag.LercParameters) ? { lercParameters: values.numbers(Tag.LercParameters) } : {}),
    ...(colorMap.length > 0 ? { colorMap: Uint16Array.from(colorMap) } : {}),
    ...(nodata === '' ? {} : { nodata }),
    ...(subIfds > 0 ? { subIfds } : {}),
    subfileType,
  };
}

/** A value for each sample: 1 where the tag is absent; one that is stated once holds for all, as libtiff has it. */
function perSample(values: TagValues, tag: number, samples: number): number[] {
  const stated = values.numbers(tag);
  const [first = 1] = stated;
  if (stated.length <= 1) return new Array<number>(samples).fill(first);
  if (stated.length >= samples) return stated.slice(0, samples);
  throw new KerchunkError(
    'malformed-tiff',
    `${values.ifd} has ${samples} samples per pixel, and ${tagName(tag)} states a value for ${stated.length}. The file is damaged.`,
  );
}

function sampleFormat(values: TagValues, number: number): SampleFormat {
  const format = SAMPLE_FORMATS[number];
  if (format !== undefined) return format;
  throw new KerchunkError(
    'malformed-tiff',
    `${values.ifd} states ${tagName(Tag.SampleFormat)} ${number}; 1 to 6 are defined.`,
  );
}
