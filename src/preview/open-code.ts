import { resolveTarget } from '../bytes/address';
import { fileUrlToPath } from '../bytes/file-url';
import { KerchunkError } from '../errors';
import type { OpenedFile } from '../generate/storage-options';
import type { CodeOptions } from '../generate/xarray-code';
import { xarrayCodeOf, xarrayCodeOfGroup } from '../generate/xarray-code';
import { zarrCodeOf } from '../generate/zarr-code';
import type { ReferenceSet } from '../references/reference-set';
import { firstFileReference } from '../validate/first-reference';
import type { ZarrArray } from '../zarr/types';
import type { OpenCode } from './types';

/** Python that opens an array of a reference file. */
export function openCodeOfArray(set: ReferenceSet, array: ZarrArray): OpenCode {
  const target = firstFileReference(set, array.path)?.url ?? set.firstUrls(1).first[0] ?? '';
  const file = fileForPython(set);
  const options = optionsOf(set, target, [array]);
  return {
    xarray: xarrayCodeOf(file, array.path, options),
    zarr: zarrCodeOf(file, array.path, 'array', options),
  };
}

/** Python that opens a group of a reference file, '' for the root; `arrays` are those below it. */
export function openCodeOfGroup(set: ReferenceSet, path: string, arrays: readonly ZarrArray[]): OpenCode {
  const file = fileForPython(set);
  const options = optionsOf(set, set.firstUrls(1).first[0] ?? '', arrays);
  return { xarray: xarrayCodeOfGroup(file, path, options), zarr: zarrCodeOf(file, path, 'group', options) };
}

function optionsOf(set: ReferenceSet, target: string, arrays: readonly ZarrArray[]): Omit<CodeOptions, 'groups'> {
  return {
    targetUrl: absolute(target, set.url),
    imagecodecs: arrays.some(({ codecs }) => codecs.some(({ id }) => id.startsWith('imagecodecs_'))),
    zarr3: arrays.some(({ zarrFormat }) => zarrFormat === 3),
  };
}

/** The reference file as Python opens it: a path for a local file, else its address; a name to be replaced where neither is known. */
function fileForPython(set: ReferenceSet): OpenedFile {
  const { url, compression, parquet } = set;
  const gen = set.member('gen') !== undefined;
  if (url === undefined) return { path: 'references.json', gen };
  const path = url.startsWith('file:') ? fileUrlToPath(url) : url;
  // fsspec knows a set in parquet by its folder.
  return { path: parquet === undefined ? path : path.replace(/[\\/]\.zmetadata$/u, ''), compression, gen };
}

function absolute(target: string, base: string | undefined): string {
  try {
    return resolveTarget(target, base);
  } catch (error) {
    if (error instanceof KerchunkError) return target;
    throw error;
  }
}
