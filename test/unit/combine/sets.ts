import type { NamedManifest } from '../../../src/combine/types';
import type { JsonObject, JsonValue } from '../../../src/json';
import { manifestOfReferences } from '../../../src/manifest/from-references';
import { entriesOfManifest } from '../../../src/manifest/to-entries';
import type { Manifest } from '../../../src/manifest/types';
import { parseReferences } from '../../../src/references/parse';

export type Refs = Record<string, JsonValue>;

/** A `.zarray` of bytes, without codecs, and its `.zattrs`. */
export function variable(
  path: string,
  shape: number[],
  chunks: number[],
  dimensions: string[],
  more: { zarray?: JsonObject; zattrs?: JsonObject } = {},
): Refs {
  return {
    [`${path}/.zarray`]: {
      zarr_format: 2,
      shape,
      chunks,
      dtype: '|u1',
      compressor: null,
      filters: null,
      fill_value: null,
      order: 'C',
      ...more.zarray,
    },
    [`${path}/.zattrs`]: { _ARRAY_DIMENSIONS: dimensions, ...more.zattrs },
  };
}

/** The manifest of references that are written as an object. */
export function manifestOf(refs: Refs): Manifest {
  const text = JSON.stringify({ version: 1, refs: { '.zgroup': { zarr_format: 2 }, ...refs } });
  return manifestOfReferences(parseReferences(new TextEncoder().encode(text)));
}

export function named(name: string, refs: Refs): NamedManifest {
  return { name, manifest: manifestOf(refs) };
}

/** What a manifest is written as. */
export function refsOf(manifest: Manifest): Refs {
  return Object.fromEntries(entriesOfManifest(manifest));
}
