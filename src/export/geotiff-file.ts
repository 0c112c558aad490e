import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import type { DataType, NdArray } from '../zarr/types';

/** Where the pixels lie, and what they are. */
export interface Georeference {
  /** GDAL's six numbers [x0, dx, rx, y0, ry, dy] of the first pixel's outer corner; null where they are not known. */
  transform: readonly number[] | null;
  /** EPSG code of a horizontal CRS, and what it measures; null where it is not known. */
  crs: { code: number; kind: 'projected' | 'geographic' } | null;
  /** As GDAL_NODATA has it. */
  nodata: string | null;
}

/** Bytes of a strip, about: readers take strips as they are. */
const STRIP = 2 ** 20;
/** Offsets of classic TIFF have 32 bits. */
const MOST_BYTES = 2 ** 32 - 2 ** 16;
const MOST_BANDS = 2 ** 16 - 1;

/** Tag numbers of TIFF 6.0, of GeoTIFF 1.1 (OGC 19-008r4, 7.1 and 7.2) and of GDAL. */
const TAG = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  extraSamples: 338,
  sampleFormat: 339,
  pixelScale: 33550,
  tiepoint: 33922,
  transformation: 34264,
  geoKeys: 34735,
  nodata: 42113,
} as const;

/** SampleFormat (tag 339) by numpy's kind. */
const SAMPLE_FORMAT: Partial<Record<DataType['kind'], number>> = { b: 1, u: 1, i: 2, f: 3, c: 6 };

interface Entry {
  tag: number;
  kind: 'ascii' | 'short' | 'long' | 'double';
  values: readonly number[];
}

const KINDS = { ascii: [2, 1], short: [3, 2], long: [4, 4], double: [12, 8] } as const;

/**
 * A little-endian classic TIFF of bands one after the other (PlanarConfiguration 2), uncompressed in strips. `bands` has the shape
 * [bands, height, width]. geotiff's own writer takes a raster without georeference for one of the whole globe, so it is not used.
 * @throws KerchunkError `invalid-argument` for elements that TIFF has no samples of, and for nothing; `limit-exceeded` beyond 4 GiB or 65,535 bands.
 */
export function encodeGeoTiff(bands: NdArray, { transform, crs, nodata }: Georeference): Uint8Array<ArrayBuffer> {
  const [count = 0, height = 0, width = 0] = bands.shape;
  const { kind, itemSize } = bands.dataType;
  const format = SAMPLE_FORMAT[kind];
  if (format === undefined) {
    throw new KerchunkError(
      'invalid-argument',
      'TIFF has samples of numbers only. Export the window as .npy or CSV instead.',
    );
  }
  if (count * height * width === 0) throw new KerchunkError('invalid-argument', 'The window holds no pixels.');
  if (count > MOST_BANDS || bands.data.length > MOST_BYTES) {
    throw new KerchunkError(
      'limit-exceeded',
      `A TIFF holds ${countInWords(MOST_BANDS)} bands and 4 GiB at most. Choose a smaller window, or take it away as .npy.`,
    );
  }
  const rowBytes = width * itemSize;
  const rows = Math.max(1, Math.min(height, Math.floor(STRIP / rowBytes)));
  const strips = Math.ceil(height / rows);
  const byteCounts = Array.from({ length: count * strips }, (_, strip) => {
    return Math.min(rows, height - (strip % strips) * rows) * rowBytes;
  });
  const repeated = (value: number): number[] => Array.from({ length: count }, () => value);
  const entries = (dataOffset: number): Entry[] => [
    long(TAG.width, [width]),
    long(TAG.height, [height]),
    short(TAG.bitsPerSample, repeated(itemSize * 8)),
    short(TAG.compression, [1]),
    short(TAG.photometric, [1]),
    long(TAG.stripOffsets, offsetsOf(dataOffset, byteCounts)),
    short(TAG.samplesPerPixel, [count]),
    long(TAG.rowsPerStrip, [rows]),
    long(TAG.stripByteCounts, byteCounts),
    short(TAG.planarConfiguration, [2]),
    ...(count > 1 ? [short(TAG.extraSamples, repeated(0).slice(1))] : []),
    short(TAG.sampleFormat, repeated(format)),
    ...placeOf(transform),
    // Without a CRS there are no keys: GDAL makes a local CRS of them, and pixels are areas anyway.
    ...(crs === null ? [] : [short(TAG.geoKeys, geoKeysOf(crs))]),
    ...(nodata === null ? [] : [ascii(TAG.nodata, nodata)]),
  ];
  const dataOffset = headerLength(entries(0));
  const out = new Uint8Array(dataOffset + bands.data.length);
  writeHeader(out, entries(dataOffset));
  out.set(bands.data, dataOffset);
  return out;
}

function short(tag: number, values: readonly number[]): Entry {
  return { tag, kind: 'short', values };
}

function long(tag: number, values: readonly number[]): Entry {
  return { tag, kind: 'long', values };
}

function ascii(tag: number, text: string): Entry {
  return { tag, kind: 'ascii', values: [...new TextEncoder().encode(`${text}\0`)] };
}

function offsetsOf(first: number, lengths: readonly number[]): number[] {
  let offset = first;
  return lengths.map((length) => {
    const own = offset;
    offset += length;
    return own;
  });
}

/** ModelPixelScale and ModelTiepoint where the raster lies north up, else ModelTransformation (OGC 19-008r4, 7.2). */
function placeOf(transform: readonly number[] | null): Entry[] {
  if (transform === null) return [];
  const [x0 = 0, dx = 0, rx = 0, y0 = 0, ry = 0, dy = 0] = transform;
  if (rx === 0 && ry === 0 && dx > 0 && dy < 0) {
    return [
      { tag: TAG.pixelScale, kind: 'double', values: [dx, -dy, 0] },
      { tag: TAG.tiepoint, kind: 'double', values: [0, 0, 0, x0, y0, 0] },
    ];
  }
  return [{ tag: TAG.transformation, kind: 'double', values: [dx, rx, 0, x0, ry, dy, 0, y0, 0, 0, 0, 0, 0, 0, 0, 1] }];
}

/** Keys 1024 (model), 1025 (pixels are areas), and 2048 or 3072 (the CRS). */
function geoKeysOf({ code, kind }: NonNullable<Georeference['crs']>): number[] {
  const keys = [
    [1024, 0, 1, kind === 'projected' ? 1 : 2],
    [1025, 0, 1, 1],
    [kind === 'projected' ? 3072 : 2048, 0, 1, code],
  ];
  return [1, 1, 0, keys.length, ...keys.flat()];
}

function sizeOf({ kind, values }: Entry): number {
  return KINDS[kind][1] * values.length;
}

function evened(length: number): number {
  return length + (length % 2);
}

/** Bytes before the strips: the header of 8 bytes, the IFD, and the values that do not fit in it; a multiple of 16. */
function headerLength(entries: readonly Entry[]): number {
  const values = entries.reduce((sum, entry) => sum + (sizeOf(entry) > 4 ? evened(sizeOf(entry)) : 0), 0);
  return Math.ceil((8 + 2 + 12 * entries.length + 4 + values) / 16) * 16;
}

function writeHeader(out: Uint8Array<ArrayBuffer>, entries: readonly Entry[]): void {
  const view = new DataView(out.buffer);
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, 42, true);
  view.setUint32(4, 8, true);
  view.setUint16(8, entries.length, true);
  let free = 10 + 12 * entries.length + 4;
  entries.forEach((entry, index) => {
    const at = 10 + 12 * index;
    view.setUint16(at, entry.tag, true);
    view.setUint16(at + 2, KINDS[entry.kind][0], true);
    view.setUint32(at + 4, entry.values.length, true);
    const size = sizeOf(entry);
    if (size > 4) view.setUint32(at + 8, free, true);
    writeValues(view, size > 4 ? free : at + 8, entry);
    if (size > 4) free += evened(size);
  });
}

function writeValues(view: DataView, offset: number, { kind, values }: Entry): void {
  values.forEach((value, index) => {
    const at = offset + index * KINDS[kind][1];
    if (kind === 'ascii') view.setUint8(at, value);
    else if (kind === 'short') view.setUint16(at, value, true);
    else if (kind === 'long') view.setUint32(at, value, true);
    else view.setFloat64(at, value, true);
  });
}
