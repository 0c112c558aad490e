import type { JsonObject, JsonValue } from '../json';
import type { TiffDescription } from '../tiff/types';
import { Compression } from './compression';
import type { Entry } from './coordinates';
import { chunkEntries, type Level, levelAccount, levelOf } from './level';
import { arrayName, imageName } from './names';
import { nodataAs, parseNodata } from './nodata';
import { codecIds } from './readers';
import { notExpressible, rewrite, UNREADABLE } from './refusal';
import { scalingOf } from './scaling';
import { shortStripInWords } from './short-strip';
import type { GenerateOptions } from './types';
import type { Written } from './written';

/**
 * The preset `notebook`: exactly the JSON of the workshop notebook, its faults included: `delta` for predictor 2, and nodata as the fill
 * value of scaled values. For comparison and teaching; see `portable` for the right one.
 */
export function writeNotebook(tiff: TiffDescription, options: GenerateOptions): Written {
  const [image] = tiff.levels;
  const file = imageName(tiff, 0);
  if (image === undefined) throw notExpressible(file, 'it has no image', UNREADABLE);
  const level = levelOf(tiff, 0, image);
  if (level.layout.shortStrip !== undefined) throw notExpressible(file, shortStripInWords(image), rewrite(image));
  checkKnown(level, file);
  const name = arrayName(tiff, options.name);
  const metadata = notebookMetadata(tiff, level, file);
  const entries: Entry[] = [
    ['.zgroup', { zarr_format: 2 }],
    [`${name}/.zattrs`, { _ARRAY_DIMENSIONS: ['Y', 'X'] }],
    [`${name}/.zarray`, metadata.zarray],
    ...chunkEntries(name, level, options.targetUrl),
  ];
  return {
    entries,
    levels: [levelAccount(name, level, tiff.size)],
    codecs: new Set(codecIds(metadata.codecs)),
    nested: true,
    groups: false,
    warnings: [...metadata.warnings, ...overviewWarning(tiff, options)],
  };
}

function overviewWarning(tiff: TiffDescription, { overviews }: GenerateOptions): string[] {
  if (!overviews || tiff.levels.length < 2) return [];
  return ['The preset notebook writes no overviews, though they were asked for; the preset portable does.'];
}

/** The notebook knows one band with Deflate, as its own file has. */
function checkKnown({ image, layout, codecs }: Level, file: string): void {
  const instead = 'Use the preset portable, which can express it';
  if (layout.shape.length !== 2) {
    throw notExpressible(
      file,
      `the preset notebook writes one band, and the file has ${image.samplesPerPixel}`,
      instead,
    );
  }
  if (image.compression !== Compression.deflate && image.compression !== Compression.oldDeflate) {
    throw notExpressible(
      file,
      'the preset notebook writes Deflate alone, and the file is compressed otherwise or not at all',
      instead,
    );
  }
  if (image.predictor !== 1 && image.predictor !== 2) {
    throw notExpressible(file, `the preset notebook has no filter for predictor ${image.predictor}`, instead);
  }
  const other = codecIds(codecs).filter((id) => id !== 'zlib' && id !== 'imagecodecs_delta');
  if (other.length > 0) {
    throw notExpressible(file, `the preset notebook does without ${other.join(', ')}, which its samples need`, instead);
  }
}

function notebookMetadata(tiff: TiffDescription, { image, layout, type }: Level, file: string) {
  const scaling = scalingOf(tiff, file);
  const dtype = scaling === undefined ? type.dtype : '<f4';
  const compressor = { id: 'zlib' };
  const filters: JsonObject[] = [];
  const warnings: string[] = [];
  if (scaling !== undefined) {
    const [scale = 1] = scaling.scales;
    const [offset = 0] = scaling.offsets;
    filters.push({ id: 'fixedscaleoffset', offset, scale: 1 / scale, dtype, astype: type.dtype });
    warnings.push(
      'The fill value is compared with scaled values: stored nodata is not masked, and a true value that equals the fill value is.',
    );
  }
  if (image.predictor === 2) {
    // What delta does to the values is said by measureNotebookDrift, with numbers.
    filters.push({ id: 'delta', dtype: type.dtype, astype: type.dtype });
  }
  const codecs = { compressor, filters: filters.length === 0 ? null : filters };
  const zarray = {
    chunks: [...layout.chunkShape],
    compressor,
    dtype,
    fill_value: fillValue(tiff, type.type),
    filters: codecs.filters,
    order: 'C',
    shape: [...layout.shape],
    zarr_format: 2,
  };
  return { zarray, codecs, warnings };
}

function fillValue(tiff: TiffDescription, type: Level['type']['type']): JsonValue {
  const nodata = tiff.nodata === undefined ? undefined : parseNodata(tiff.nodata);
  const value = nodata === undefined || type.kind === 'c' ? undefined : nodataAs(nodata, type);
  if (value === undefined) return null;
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
