import { KerchunkError } from '../errors';
import type { JsonObject } from '../json';
import { consolidatedV2 } from '../references/consolidated';
import { addressBeside } from '../tiff/beside';
import type { TiffDescription } from '../tiff/types';
import { declared } from '../zarr/geo-conventions';
import { variableAttributes } from './attributes';
import { bandEntries, type Entry, isAligned } from './coordinates';
import { byteCountWarning } from './byte-counts';
import { colourWarning } from './colours';
import { type CoordinateSystem, coordinateSystemOf } from './crs';
import { fillValuesOf } from './fill-value';
import { cutWarning, type StoredStrip } from './last-strip';
import { chunkEntries, cutLevel, type Level, levelAccount, levelMetadata, levelNodata } from './level';
import { arrayName, imageName } from './names';
import { portableLevels } from './portable-levels';
import { codecIds } from './readers';
import { gridAttributes, gridEntries, rasterGridOf } from './raster-grid';
import { type Rewritten, rewriteStrips } from './rewrite-strips';
import { integerWarning } from './sample-type';
import { type Scaling, scalingOf } from './scaling';
import type { GenerateOptions } from './types';
import type { Written } from './written';

const GROUP = { zarr_format: 2 };

/** What all levels of a file share. */
interface Shared {
  tiff: TiffDescription;
  options: GenerateOptions;
  name: string;
  system: CoordinateSystem;
  scaling: Scaling | undefined;
}

/**
 * The preset `portable`: stored values with their own data type, CF attributes for scale and nodata, coordinates and CRS. Without overviews
 * everything stands in the root group, with them each level in a group of its own, and the root has consolidated metadata.
 */
export async function writePortable(
  tiff: TiffDescription,
  options: GenerateOptions,
  strips: readonly StoredStrip[],
  signal?: AbortSignal,
): Promise<Written> {
  const levels = portableLevels(tiff, options);
  const [full] = levels;
  const shared: Shared = {
    tiff,
    options,
    name: arrayName(tiff, options.name),
    system: await coordinateSystemOf(tiff.georeferencing),
    scaling: scalingOf(tiff, imageName(tiff, 0)),
  };
  const groups = levels.length > 1;
  const entries: Entry[] = [
    ['.zgroup', GROUP],
    [
      '.zattrs',
      {
        ...(groups ? { zarr_conventions: declared({}, ['multiscales']), multiscales: multiscales(levels) } : {}),
        kerchunk_source: sourcesOf(tiff, levels, options),
      },
    ],
  ];
  const warnings = georeferencingWarnings(tiff, shared.system);
  const known = full === undefined ? [] : [colourWarning(full.image), integerWarning(full.image, full.type)];
  for (const warning of known) {
    if (warning !== undefined) warnings.push(warning);
  }
  const accounts: Written['levels'] = [];
  const codecs = new Set<string>();
  for (const [index, whole] of levels.entries()) {
    const { level, rewritten } = await rewriteOrCut(shared, whole, index, strips, signal);
    const prefix = groups ? `${index}/` : '';
    if (groups) entries.push([`${prefix}.zgroup`, GROUP]);
    const written = await levelEntries(shared, level, prefix, rewritten?.texts);
    for (const entry of written.entries) entries.push(entry);
    if (index === 0) warnings.push(...written.warnings);
    else warnings.push(...ownWarnings(written.warnings, warnings, imageName(tiff, index)));
    for (const id of codecIds(level.codecs)) codecs.add(id);
    const cut = cutWarning(tiff, index, level);
    const counts = byteCountWarning(level.image, imageName(tiff, index));
    warnings.push(...[cut, counts].filter((warning) => warning !== undefined));
    accounts.push(levelAccount(`${prefix}${shared.name}`, level, tiff.size, rewritten?.account));
  }
  if (groups) entries.unshift(['.zmetadata', consolidatedV2(entries)]);
  return { entries, levels: accounts, codecs, nested: false, groups, warnings };
}

/** What is to be said of an overview, beyond what has been said of the full resolution. */
function ownWarnings(warnings: readonly string[], said: readonly string[], name: string): string[] {
  return warnings.filter((warning) => !said.includes(warning)).map((warning) => `${name}: ${warning}`);
}

/** A level with its short last strip written anew; without the rows of it where that fails and leaving them out was chosen. */
export async function rewriteOrCut(
  { tiff, options }: Pick<Shared, 'tiff' | 'options'>,
  level: Level,
  index: number,
  strips: readonly StoredStrip[],
  signal?: AbortSignal,
): Promise<{ level: Level; rewritten?: Rewritten | undefined }> {
  if (options.preview === true) return { level };
  try {
    return { level, rewritten: await rewriteStrips(level, strips, imageName(tiff, index), signal) };
  } catch (error) {
    const isShort = error instanceof KerchunkError && error.code === 'short-last-strip';
    if (!isShort || options.lastStrip !== 'cut') throw error;
    return { level: cutLevel(tiff, index, level.stated, options) };
  }
}

async function levelEntries(
  { tiff, options, name, system, scaling }: Shared,
  level: Level,
  prefix: string,
  inline?: ReadonlyMap<string, string>,
): Promise<{ entries: Entry[]; warnings: string[] }> {
  const fill = fillValuesOf(levelNodata(tiff, level), level.type, level.layout.sparse);
  const variable = variableAttributes(tiff, scaling);
  const grid = rasterGridOf(tiff, level, system);
  const path = `${prefix}${name}`;
  const entries: Entry[] = [
    [`${path}/.zarray`, levelMetadata(level, fill.fillValue)],
    [
      `${path}/.zattrs`,
      {
        _ARRAY_DIMENSIONS: [...level.layout.dimensions],
        ...(fill.attribute === undefined ? {} : { _FillValue: fill.attribute }),
        ...variable.attributes,
        ...gridAttributes(grid),
      },
    ],
    ...(await gridEntries(prefix, grid, options.coordinates)),
  ];
  if (options.coordinates && level.layout.dimensions.includes('band')) {
    entries.push(...(await bandEntries(prefix, level.image.samplesPerPixel)));
  }
  for (const entry of chunkEntries(path, level, options.targetUrl, inline)) entries.push(entry);
  return { entries, warnings: [...fill.warnings, ...variable.warnings] };
}

/** The files that references point into: the TIFF, and one beside it whose levels are written. */
function sourcesOf(tiff: TiffDescription, levels: readonly Level[], { targetUrl }: GenerateOptions): JsonObject[] {
  const { page } = tiff;
  const beside = levels.find(({ image }) => image.file !== undefined)?.image.file;
  return [
    { ...sourceOf(targetUrl, tiff), ...(page === undefined ? {} : { ifd: page }) },
    ...(beside === undefined ? [] : [sourceOf(addressBeside(targetUrl, beside.ending), beside)]),
  ];
}

/** What `kerchunk_source` says of a file. */
export function sourceOf(url: string, { size, validator }: Pick<TiffDescription, 'size' | 'validator'>): JsonObject {
  return {
    url,
    ...(size === undefined ? {} : { size }),
    ...(validator?.etag === undefined ? {} : { etag: validator.etag }),
    ...(validator?.lastModified === undefined ? {} : { last_modified: validator.lastModified }),
  };
}

/** The levels and how their pixels relate (zarr convention multiscales): scale and translation per axis, y first, in pixels of level 0. */
function multiscales(levels: readonly Level[]): JsonObject {
  const full = levels[0]?.stated;
  return {
    layout: levels.map(({ stated }, index) => ({
      asset: String(index),
      ...(index === 0 ? {} : { derived_from: '0' }),
      transform: {
        scale: [(full?.height ?? 1) / stated.height, (full?.width ?? 1) / stated.width],
        translation: [0, 0],
      },
    })),
  };
}

/** What is to be said of where a TIFF lies, where it is not located as a grid of x and y. */
export function georeferencingWarnings({ georeferencing }: TiffDescription, { missing }: CoordinateSystem): string[] {
  const warnings = missing === undefined ? [] : [missing];
  const { groundControlPoints, scaleWithoutPlace, transform } = georeferencing;
  if (groundControlPoints > 0) {
    warnings.push(
      `The file is located by ${groundControlPoints} ground control point${groundControlPoints === 1 ? '' : 's'} and has no affine transform: ` +
        'no coordinates and no GeoTransform are written. Warp it (gdalwarp) to have them.',
    );
  } else if (scaleWithoutPlace !== undefined) {
    warnings.push(
      `The file states pixels of ${scaleWithoutPlace.join(' by ')} (ModelPixelScale) and no tiepoint that says where they lie, so that it has no ` +
        'affine transform, for GDAL neither: no coordinates and no GeoTransform are written. ' +
        'Place it (gdal_edit.py -a_ullr left top right bottom in.tif) to have them.',
    );
  } else if (transform !== undefined && !isAligned(transform)) {
    warnings.push(
      'The raster is rotated, so that x and y are no coordinates of one dimension: only GeoTransform is written.',
    );
  }
  return warnings;
}
