import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import type { Coverage } from '../references/set-parts';
import { turns } from '../steps';
import { cutText } from '../words';
import { keyBelow } from '../zarr/grid';
import { elementCount } from '../zarr/shape';
import type { ZarrArray } from '../zarr/types';
import { attributeTexts } from './array-details';
import type { PreviewDocument } from './document';
import { openCodeOfGroup } from './open-code';
import { dtypeText } from './type-words';
import type { ArrayGlance, GroupGlance } from './types';

const MOST_ARRAYS = 1000;
const MOST_CHARACTERS = 200;

/**
 * What lies below a group, '' for the root, and what it takes. Every entry of its arrays is looked at once.
 * @throws KerchunkError `cancelled`.
 */
export async function glanceAt({ set }: PreviewDocument, path: string, signal: AbortSignal): Promise<GroupGlance> {
  const below = set.arrayPaths().filter((array) => path === '' || array.startsWith(`${path}/`));
  const sums = { storedBytes: 0, decodedBytes: 0, presentBytes: 0 };
  const coverage: Coverage = { total: 0, ranges: 0, inline: 0, absent: 0, broken: 0 };
  const read: ZarrArray[] = [];
  const arrays: ArrayGlance[] = [];
  const giveWay = turns(signal);
  for (const name of below) {
    await giveWay();
    const array = readable(set, name);
    if (array === undefined) continue;
    read.push(array);
    const glance = glanceAtArray(set, array);
    if (arrays.length < MOST_ARRAYS) arrays.push(glance);
    sums.storedBytes += glance.storedBytes;
    sums.decodedBytes += glance.decodedBytes;
    sums.presentBytes += (glance.coverage.ranges + glance.coverage.inline) * glance.chunkBytes;
    for (const kind of ['total', 'ranges', 'inline', 'absent', 'broken'] as const)
      coverage[kind] += glance.coverage[kind];
  }
  return {
    path,
    arrays,
    count: below.length,
    ...sums,
    coverage,
    ...attributeTexts(attributesOf(set, path)),
    code: openCodeOfGroup(set, path, read),
  };
}

/** Undefined for an array whose metadata cannot be read, or that claims more chunks than can be counted. */
function readable(set: ReferenceSet, path: string): ZarrArray | undefined {
  try {
    set.coverage(path);
    return set.array(path);
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}

function glanceAtArray(set: ReferenceSet, array: ZarrArray): ArrayGlance {
  const { path, shape, chunkShape, dataType } = array;
  return {
    path,
    shape,
    chunkShape,
    dimensions: array.dimensionNames ?? null,
    dtype: dtypeText(dataType),
    coverage: set.coverage(path),
    storedBytes: set.storedBytes(path),
    decodedBytes: elementCount(shape) * dataType.itemSize,
    chunkBytes: elementCount(chunkShape) * dataType.itemSize,
    meaning: meaningOf(path, array.attributes),
  };
}

/** "height above the ellipsoid (m)"; of a name that repeats the array's own the unit alone, "m". */
function meaningOf(path: string, { long_name: long, standard_name: standard, units }: JsonObject): string | null {
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  const own = path.slice(path.lastIndexOf('/') + 1);
  const name = [long, standard].filter(isText).find((text) => text !== own);
  const unit = isText(units) ? (name === undefined ? units : `(${units})`) : undefined;
  const parts = [name, unit].filter((part) => part !== undefined);
  return parts.length === 0 ? null : cutText(parts.join(' '), MOST_CHARACTERS);
}

/** The attributes of a group, of zarr v2 or v3; none where it has no document that holds them. */
function attributesOf(set: ReferenceSet, path: string): JsonObject {
  const own = set.document(keyBelow(path, '.zattrs'))?.value;
  if (own !== undefined) return isJsonObject(own) ? own : {};
  const node = set.document(keyBelow(path, 'zarr.json'))?.value;
  const inside = node !== undefined && isJsonObject(node) ? node.attributes : undefined;
  return inside !== undefined && isJsonObject(inside) ? inside : {};
}
