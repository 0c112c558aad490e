import { consolidatedMetadata } from '../generate/consolidated';
import type { JsonValue } from '../json';
import { arrayDocuments, entriesOfManifest, groupDocuments } from '../manifest/to-entries';
import type { Manifest } from '../manifest/types';

/**
 * The entries of a reference file, in the order in which they are written. Where there are groups below the root, consolidated metadata stand before
 * all else: without them fsspec's reference file system, under zarr-python 3, finds nothing in a group, and xarray's open_datatree no array.
 */
export function* entriesWithConsolidated(manifest: Manifest): Generator<[key: string, value: JsonValue]> {
  if (manifest.groups.length > 1) {
    const documents = [...manifest.groups.flatMap(groupDocuments), ...manifest.arrays.flatMap(arrayDocuments)];
    yield consolidatedMetadata(documents);
  }
  yield* entriesOfManifest(manifest);
}
