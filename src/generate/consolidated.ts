import { isMetadataKey } from '../references/documents';
import type { Entry } from './coordinates';

/**
 * All metadata documents of a hierarchy in one, `.zmetadata` (consolidated metadata of zarr-python, format 1). With it readers need not
 * list what a group holds: fsspec's reference file system, under zarr-python 3, finds nothing there, and xarray's open_datatree no array.
 */
export function consolidatedMetadata(entries: readonly Entry[]): Entry {
  const documents = entries.filter(([key]) => isMetadataKey(key));
  return ['.zmetadata', { metadata: Object.fromEntries(documents), zarr_consolidated_format: 1 }];
}
