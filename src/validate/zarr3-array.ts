import { KerchunkError } from '../errors';
import { isJsonObject } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { checkAttributeFillValue } from './zarr3-attributes';
import { checkCodecs } from './zarr3-codecs';
import { checkDataType } from './zarr3-data-type';
import {
  checkArrayFields,
  checkAttributes,
  checkDimensionNames,
  checkHead,
  checkStorageTransformers,
} from './zarr3-fields';
import { checkFillValue } from './zarr3-fill-value';
import { checkChunkGrid, checkKeyEncoding, checkShape } from './zarr3-grid';
import { isZarr3 } from './zarr3-hierarchy';
import { Zarr3Node } from './zarr3-node';

/**
 * Rules of the `zarr.json` of an array (zarr v3 core specification, "Array metadata"). Each member is looked at by itself, and what depends
 * on a faulty one is left out. Returns the array where it can be read.
 */
export function checkZarrJson(path: string, context: CheckContext): ZarrArray | undefined {
  const key = keyBelow(path, 'zarr.json');
  const document = context.set.document(key)?.value;
  if (!isJsonObject(document)) return undefined;
  const node = new Zarr3Node(context, key, document);
  if (checkHead(node) !== 'array') return undefined;
  checkArrayFields(node);
  const shape = checkShape(node);
  const type = checkDataType(node);
  const chunkShape = checkChunkGrid(node, shape);
  checkKeyEncoding(node);
  if (type !== undefined) checkFillValue(node, type);
  checkCodecs(node, ['codecs'], { type, chunkShape });
  checkDimensionNames(node, shape);
  checkStorageTransformers(node);
  const attributes = checkAttributes(node);
  if (attributes !== undefined && type !== undefined) checkAttributeFillValue(node, attributes, type);
  node.finish();
  return readable(node, path, context);
}

/** Whether an array is of zarr v3 and its metadata are at hand. */
export function hasZarrJson(set: ReferenceSet, path: string): boolean {
  return isZarr3(set, path) && set.document(keyBelow(path, 'zarr.json')) !== undefined;
}

function readable(node: Zarr3Node, path: string, { set }: CheckContext): ZarrArray | undefined {
  try {
    return set.array(path);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    // All that is left to be wrong is how many chunks there are, and how large one is.
    if (!node.isFaulty) node.report('zarr3/chunk-grid', ['chunk_grid'], error.message);
    return undefined;
  }
}
