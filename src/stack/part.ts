import { displayAddress } from '../bytes/address';
import { decodeBase64, encodeBase64 } from '../zarr/base64';
import { bandTexts } from '../generate/bands';
import { colourWarning } from '../generate/colours';
import { coordinateSystemOf } from '../generate/crs';
import { variableAttributes } from '../generate/attributes';
import { byteCountWarning } from '../generate/byte-counts';
import { fillValuesOf } from '../generate/fill-value';
import { cutWarning, type StoredStrip } from '../generate/last-strip';
import { levelMetadata, levelNodata } from '../generate/level';
import { imageName } from '../generate/names';
import { portableLevels } from '../generate/portable-levels';
import { georeferencingWarnings, rewriteOrCut, sourceOf } from '../generate/portable';
import { type RasterGrid, rasterGridOf } from '../generate/raster-grid';
import { integerWarning } from '../generate/sample-type';
import { scalingOf } from '../generate/scaling';
import type { GenerateOptions } from '../generate/types';
import type { JsonObject } from '../json';
import type { GdalItem, TiffDescription } from '../tiff/types';
import { chunkKey, gridShape } from '../zarr/grid';

/** Where the chunks of an array are in its file, in columns: chunk `numbers[i]`, in C order, is [offsets[i], offsets[i] + lengths[i]). */
export interface ChunkColumns {
  numbers: Float64Array;
  offsets: Float64Array;
  lengths: Float64Array;
}

/** One TIFF as a part of a larger set: its array in zarr v2, where its chunks are, and what must agree with the other files. */
export interface TiffPart {
  /** The address that references carry. */
  url: string;
  /** How messages name the file: its name without folders. */
  name: string;
  /** What `kerchunk_source` says of the file. */
  source: JsonObject;
  /** The `.zarray`, and the `.zattrs` without dimensions and grid mapping. */
  metadata: JsonObject;
  attributes: JsonObject;
  dimensions: readonly string[];
  shape: readonly number[];
  chunkShape: readonly number[];
  grid: RasterGrid;
  /** Whether `fill_value` is a nodata value that the file states; else it is null, or what stands for tiles without bytes. */
  hasNodata: boolean;
  chunks: ChunkColumns;
  /** Chunks that do not stand in the file as a whole: their values as references of JSON have them. */
  inline: readonly (readonly [chunk: number, text: string])[];
  /** Descriptions of its bands; absent where the file states none. */
  descriptions?: readonly (string | null)[];
  /** When the image was taken, as far as the file says it. */
  dates: readonly StatedDate[];
  overviewsLeftOut: number;
  masksLeftOut: number;
  warnings: readonly string[];
}

/** A date that a TIFF states, as text, and where: `DateTime (tag 306)`, `ACQUISITIONDATETIME (GDAL_METADATA)`. */
export interface StatedDate {
  text: string;
  place: string;
}

/** How a part is made of a TIFF. */
export type PartOptions = Pick<GenerateOptions, 'targetUrl' | 'lastStrip'>;

/**
 * The full resolution of a TIFF as a part of a larger set, as the preset portable writes it.
 * @param strips what readLastStrips reads for these options.
 * @throws KerchunkError as generateReferences does.
 */
export async function partOf(
  tiff: TiffDescription,
  options: PartOptions,
  strips: readonly StoredStrip[] = [],
  signal?: AbortSignal,
): Promise<TiffPart> {
  const generate: GenerateOptions = { ...options, preset: 'portable', overviews: false, coordinates: true };
  const [whole] = portableLevels(tiff, generate);
  if (whole === undefined) throw new Error('A description has a full resolution.');
  const scaling = scalingOf(tiff, imageName(tiff, 0));
  const system = await coordinateSystemOf(tiff.georeferencing);
  const { level, rewritten } = await rewriteOrCut({ tiff, options: generate }, whole, 0, strips, signal);
  const nodata = levelNodata(tiff, level);
  const fill = fillValuesOf(nodata, level.type, level.layout.sparse);
  const variable = variableAttributes(tiff, scaling);
  const descriptions = bandTexts(tiff, 'description').map((text) => text ?? null);
  const { shape, chunkShape, dimensions } = level.layout;
  const grid = { path: '', shape, chunkShape, keyEncoding: { separator: '.', prefix: '' } as const };
  const columns = columnsOf(level.layout, gridShape(grid));
  const warnings = [
    ...(tiff.warnings ?? []),
    ...georeferencingWarnings(tiff, system),
    ...[
      colourWarning(level.image),
      integerWarning(level.image, level.type),
      cutWarning(tiff, 0, level),
      byteCountWarning(level.image, imageName(tiff, 0)),
    ].filter((warning) => warning !== undefined),
    ...fill.warnings,
    ...variable.warnings,
  ];
  const inlineTexts = rewritten?.texts ?? new Map<string, string>();
  return {
    url: options.targetUrl,
    name: imageName(tiff, 0),
    source: sourceOf(options.targetUrl, tiff),
    metadata: levelMetadata(level, fill.fillValue),
    attributes: { ...(fill.attribute === undefined ? {} : { _FillValue: fill.attribute }), ...variable.attributes },
    dimensions,
    shape,
    chunkShape,
    grid: rasterGridOf(tiff, level, system),
    hasNodata: nodata !== undefined && fill.fillValue !== null && fill.warnings.length === 0,
    chunks: columns,
    inline: inlineTexts.size === 0 ? [] : inlineChunks(inlineTexts, columns, grid),
    ...(descriptions.some((text) => text !== null) ? { descriptions } : {}),
    dates: datesOf(tiff),
    overviewsLeftOut: tiff.levels.length - 1,
    masksLeftOut: tiff.images.filter(({ kind }) => kind === 'mask').length,
    warnings,
  };
}

function columnsOf(
  {
    places,
    chunks,
    sparse,
  }: {
    places: () => Iterable<{ indices: readonly number[]; offset: number; length: number }>;
    chunks: number;
    sparse: number;
  },
  sides: readonly number[],
): ChunkColumns {
  const count = chunks - sparse;
  const columns = {
    numbers: new Float64Array(count),
    offsets: new Float64Array(count),
    lengths: new Float64Array(count),
  };
  let row = 0;
  for (const { indices, offset, length } of places()) {
    columns.numbers[row] = indices.reduce((number, index, axis) => number * (sides[axis] ?? 1) + index, 0);
    columns.offsets[row] = offset;
    columns.lengths[row] = length;
    row += 1;
  }
  return columns;
}

function inlineChunks(
  texts: ReadonlyMap<string, string>,
  { numbers }: ChunkColumns,
  grid: Parameters<typeof chunkKey>[0],
): [number, string][] {
  const sides = gridShape(grid);
  return [...numbers].flatMap((number) => {
    const indices: number[] = [];
    let rest = number;
    for (const side of [...sides].reverse()) {
      indices.unshift(rest % side);
      rest = Math.floor(rest / side);
    }
    const text = texts.get(chunkKey(grid, indices));
    return text === undefined ? [] : [[number, text] as [number, string]];
  });
}

/** Items of GDAL_METADATA that state when an image was taken, surest first (GDAL's domain IMAGERY, and names that products use). */
const DATE_ITEMS: readonly RegExp[] = [
  /^ACQUISITIONDATETIME$/iu,
  /^(?:ACQUISITION|SENSING|DATASTRIP_SENSING|PRODUCT_START)[_ ]?(?:START[_ ]?)?(?:DATE|TIME|DATE[_ ]?TIME)$/iu,
  /^(?:DATE[_ ]ACQUIRED|DATETIME|DATE|TIME|TIME_START|START_TIME|BEGINNING[_ ]?DATE[_ ]?TIME)$/iu,
];

function datesOf({ gdalItems, dateTime }: TiffDescription): StatedDate[] {
  const ofFile = gdalItems.filter((item: GdalItem) => item.sample === undefined);
  const dates = DATE_ITEMS.flatMap((pattern) =>
    ofFile
      .filter(({ name }) => pattern.test(name))
      .map(({ name, value }) => ({ text: value, place: `${name} (GDAL_METADATA)` })),
  );
  return dateTime === undefined ? dates : [...dates, { text: dateTime, place: 'DateTime (tag 306)' }];
}

/** The last part of an address or path, without query, as people name a file. */
export function fileNameOf(url: string): string {
  const [path = url] = /^(?!file:)[a-z][a-z0-9+.-]+:\/\//iu.test(url) ? displayAddress(url).split(/[?#]/u) : [url];
  const name = /[^/\\]*$/u.exec(path)?.[0] ?? path;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A part as it stands in a line of a journal: JSON, typed arrays as base64. */
export type PartJson = Omit<TiffPart, 'chunks'> & { chunks: { count: number; dense: boolean; bytes: string } };

/** A part for a journal; partFromJson gives it back. */
export function partToJson(part: TiffPart): PartJson {
  const { numbers, offsets, lengths } = part.chunks;
  const dense = numbers.every((number, index) => number === index);
  const columns = dense ? [offsets, lengths] : [offsets, lengths, numbers];
  const bytes = new Uint8Array(columns.length * numbers.length * 8);
  const view = new DataView(bytes.buffer);
  columns.forEach((column, place) => {
    column.forEach((value, row) => {
      view.setFloat64((place * numbers.length + row) * 8, value, true);
    });
  });
  return { ...part, chunks: { count: numbers.length, dense, bytes: encodeBase64(bytes) } };
}

/** Whether a value of a journal's line has the members of a part that a set is made of. */
export function isPartJson(value: unknown): value is PartJson {
  const part = value as Partial<Record<keyof PartJson, unknown>> | null | undefined;
  const isObject = (member: unknown): boolean =>
    typeof member === 'object' && member !== null && !Array.isArray(member);
  if (part === null || part === undefined || !isObject(part)) return false;
  const lists = [part.dimensions, part.shape, part.chunkShape, part.inline, part.dates, part.warnings];
  const { count, bytes } = (part.chunks ?? {}) as { count?: unknown; bytes?: unknown };
  return (
    typeof part.url === 'string' &&
    typeof part.name === 'string' &&
    [part.source, part.metadata, part.attributes, part.grid].every(isObject) &&
    lists.every(Array.isArray) &&
    Number.isSafeInteger(count) &&
    typeof bytes === 'string'
  );
}

/** The inverse of partToJson; undefined for what it cannot have written. */
export function partFromJson(json: PartJson): TiffPart | undefined {
  const { count, dense, bytes: text } = json.chunks;
  const bytes = decodeBase64(text);
  if (typeof bytes === 'string' || bytes.length !== count * 8 * (dense ? 2 : 3)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const column = (place: number): Float64Array =>
    Float64Array.from({ length: count }, (_, row) => view.getFloat64((place * count + row) * 8, true));
  return {
    ...json,
    chunks: {
      offsets: column(0),
      lengths: column(1),
      numbers: dense ? Float64Array.from({ length: count }, (_, row) => row) : column(2),
    },
  };
}
