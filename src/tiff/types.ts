import type { Validator } from '../bytes/source';

/** What the samples of an image are: SampleFormat (tag 339) in words. */
export type SampleFormat = 'unsigned' | 'signed' | 'float' | 'complex-signed' | 'complex-float' | 'void';

/** Per-band or per-file items of GDAL_METADATA (tag 42112), already parsed from its XML. */
export interface GdalItem {
  name: string;
  value: string;
  /** Band number from 0; undefined for the file as a whole. */
  sample?: number;
  /** `scale`, `offset`, `unittype`, `description`, … */
  role?: string;
  domain?: string;
}

/** The georeferencing of the full-resolution image, as its tags state it. */
export interface Georeferencing {
  /** GDAL order [x0, dx, rx, y0, ry, dy] of the upper left corner of the upper left pixel; undefined where there is no affine. */
  transform?: readonly [number, number, number, number, number, number];
  /** ModelPixelScale [dx, dy] where no tiepoint says what place the pixels of that size have; there is no transform then. */
  scaleWithoutPlace?: readonly [number, number];
  /** Number of tiepoints where they are ground control points (more than one, without ModelTransformation). */
  groundControlPoints: number;
  rasterType: 'area' | 'point';
  /** GeoKeyDirectory (34735), resolved: key number to number, numbers or text. */
  geoKeys: ReadonlyMap<number, number | string | readonly number[]>;
  /** KeyRevision's minor number (third value of tag 34735): 0 GeoTIFF 1.0, 1 GeoTIFF 1.1; GDAL reads a vertical CRS only from 1 on. */
  geoKeyRevision?: number;
}

/** One image file directory (IFD). A chunk is a tile or a strip. */
export interface TiffImage {
  /** Position in the file's chain of IFDs, from 0; for a SubIFD that of the IFD that carries it. */
  index: number;
  /** Of a SubIFD (330), its number from 0 in the order in which those of that IFD are followed. */
  subIfd?: number;
  width: number;
  height: number;
  tiled: boolean;
  /** Pixels; for strips the image width and RowsPerStrip (at most the height). */
  chunkWidth: number;
  chunkHeight: number;
  chunksAcross: number;
  chunksDown: number;
  samplesPerPixel: number;
  bitsPerSample: readonly number[];
  sampleFormat: readonly SampleFormat[];
  /** PlanarConfiguration (284): 1 contiguous, 2 separate. */
  planar: boolean;
  compression: number;
  predictor: number;
  fillOrder: number;
  photometric: number;
  /** YCbCrSubSampling (530) as [horizontal, vertical]. */
  chromaSubsampling?: readonly [number, number];
  extraSamples: readonly number[];
  /** Byte offset of every chunk, row by row and, where planar, band by band; 0 for a sparse chunk. */
  offsets: Float64Array;
  /** Byte length of every chunk, in the same order; 0 for a sparse chunk. */
  lengths: Float64Array;
  /** JPEGTables (347), whole, with its SOI and EOI. */
  jpegTables?: Uint8Array;
  /** LercParameters (50674): version, and 0 none, 1 Deflate, 2 ZSTD around the LERC blob. */
  lercParameters?: readonly number[];
  colorMap?: Uint16Array;
  /** GDAL_NODATA (42113) of this very IFD as written, trimmed of NUL and spaces; it counts for its chunks without bytes. */
  nodata?: string;
  /** Number of SubIFDs (330) that the IFD states; absent where there are none. Those of the full resolution are followed. */
  subIfds?: number;
  /** NewSubfileType (254) as bits: 1 reduced, 2 page, 4 mask; where it is absent, SubfileType (255) in the same bits. */
  subfileType: number;
  kind: 'full' | 'overview' | 'mask' | 'page';
  /** The file beside the TIFF in which the chunks stand; absent where they stand in the TIFF itself. */
  file?: FileBeside;
}

/** What GDAL promises, in text behind the header of a COG, of how tiles are stored. */
export interface GhostArea {
  /** Bytes of the text, from the end of the header on, its first line with their number among them. */
  bytes: number;
  /** The 4 bytes before each tile are its length, little-endian. */
  leader: boolean;
  /** The 4 bytes behind each tile are its last 4 bytes again. */
  trailer: boolean;
  /** The file was edited afterwards, so that the promises no longer hold. */
  edited: boolean;
  /** The tile of the mask stands right behind each tile of the image, with a leader of its own. */
  maskInterleaved: boolean;
}

/** A file beside a TIFF, named as the TIFF with an ending after its whole name. */
export interface FileBeside {
  ending: string;
  byteOrder: 'little' | 'big';
  size?: number;
  validator?: Validator;
}

/** A TIFF described from its headers alone: what generation and checks need, and no pixel read. */
export interface TiffDescription {
  url: string;
  size?: number;
  validator?: Validator;
  byteOrder: 'little' | 'big';
  bigTiff: boolean;
  /** All IFDs of the chain, in file order, and behind them the SubIFDs of the full resolution. */
  images: readonly TiffImage[];
  /** The IFD that was asked for as the full resolution; absent where none was. */
  page?: number;
  /** Full resolution first, then its overviews from large to small; masks and other pages left out. */
  levels: readonly TiffImage[];
  georeferencing: Georeferencing;
  /** GDAL_NODATA (42113) of the full resolution as written, trimmed of NUL and spaces. */
  nodata?: string;
  gdalItems: readonly GdalItem[];
  /** DateTime (306) of the full resolution as written, by the specification `YYYY:MM:DD HH:MM:SS`; absent where the file states none. */
  dateTime?: string;
  /** Absent where the file has none, as all files have that GDAL's COG driver did not write. */
  ghostArea?: GhostArea;
  /** Whether a mask was found in a file beside the TIFF. */
  maskBeside?: boolean;
  /** What was left out or mended, and what makes the file suspect, in plain sentences; absent where there is nothing to say. */
  warnings?: readonly string[];
}
