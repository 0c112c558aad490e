/** Tag numbers (TIFF 6.0, its supplements, GeoTIFF 1.1 and GDAL) of all that a description reads. */
export const Tag = {
  NewSubfileType: 254,
  SubfileType: 255,
  ImageWidth: 256,
  ImageLength: 257,
  BitsPerSample: 258,
  Compression: 259,
  PhotometricInterpretation: 262,
  FillOrder: 266,
  StripOffsets: 273,
  SamplesPerPixel: 277,
  RowsPerStrip: 278,
  StripByteCounts: 279,
  PlanarConfiguration: 284,
  DateTime: 306,
  Predictor: 317,
  ColorMap: 320,
  TileWidth: 322,
  TileLength: 323,
  TileOffsets: 324,
  TileByteCounts: 325,
  SubIFDs: 330,
  ExtraSamples: 338,
  SampleFormat: 339,
  JPEGTables: 347,
  YCbCrSubSampling: 530,
  ModelPixelScale: 33550,
  ModelTiepoint: 33922,
  ModelTransformation: 34264,
  GeoKeyDirectory: 34735,
  GeoDoubleParams: 34736,
  GeoAsciiParams: 34737,
  GDALMetadata: 42112,
  GDALNoData: 42113,
  LercParameters: 50674,
} as const;

const INTEGERS = [1, 3, 4, 6, 8, 9, 13, 16, 18];
const DOUBLES = [11, 12];
const TEXT = [2];
const BYTES = [1, 7];

/** Field types of the tables of chunk offsets and lengths: BYTE, SHORT, LONG, IFD, LONG8, IFD8. */
export const TABLE_TYPES: readonly number[] = [1, 3, 4, 13, 16, 18];

/** How a tag's values are read: which field types it may have, and whether the layout of the chunks hangs on it. */
export interface TagRule {
  name: string;
  types: readonly number[];
  /** A wrong field type is an error here, elsewhere a warning and the tag counts as absent. */
  essential: boolean;
  /** Must have one value, no more: the chunk grid follows from it. */
  single?: boolean;
  /** Stands for the whole file: read once, from the full-resolution image. */
  wholeFile: boolean;
}

function rules(tags: readonly (keyof typeof Tag)[], rule: Omit<TagRule, 'name'>): [number, TagRule][] {
  return tags.map((name) => [Tag[name], { name, ...rule }]);
}

/** The tags whose values are parsed; the tables of chunk offsets and lengths are decoded apart, see tables.ts. */
export const TAG_RULES: ReadonlyMap<number, TagRule> = new Map([
  ...rules(
    ['ImageWidth', 'ImageLength', 'SamplesPerPixel', 'RowsPerStrip', 'PlanarConfiguration', 'TileWidth', 'TileLength'],
    { types: INTEGERS, essential: true, single: true, wholeFile: false },
  ),
  ...rules(
    [
      'BitsPerSample',
      'Compression',
      'PhotometricInterpretation',
      'FillOrder',
      'Predictor',
      'SampleFormat',
      'YCbCrSubSampling',
      'LercParameters',
    ],
    { types: INTEGERS, essential: true, wholeFile: false },
  ),
  ...rules(['ColorMap', 'ExtraSamples'], { types: INTEGERS, essential: false, wholeFile: false }),
  ...rules(['JPEGTables'], { types: BYTES, essential: true, wholeFile: false }),
  ...rules(['ModelPixelScale', 'ModelTiepoint', 'ModelTransformation', 'GeoDoubleParams'], {
    types: DOUBLES,
    essential: false,
    wholeFile: true,
  }),
  ...rules(['GeoKeyDirectory'], { types: [3], essential: false, wholeFile: true }),
  ...rules(['DateTime', 'GeoAsciiParams', 'GDALMetadata'], { types: TEXT, essential: false, wholeFile: true }),
  ...rules(['GDALNoData'], { types: TEXT, essential: false, wholeFile: false }),
]);
