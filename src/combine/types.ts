import type { JsonObject } from '../json';
import type { Manifest, ManifestArray } from '../manifest/types';

/** A reference set and how messages name it. */
export interface NamedManifest {
  name: string;
  manifest: Manifest;
}

/** One array of an input, and the input's name. */
export interface Part {
  name: string;
  array: ManifestArray;
  /** Of bounds the coordinate, in whose units and calendar they count unless they have their own (CF conventions, section 7.1). */
  boundsOf?: { path: string; attributes: JsonObject };
}

/** What an operation made, and what of its inputs it could not keep. */
export interface Combined {
  manifest: Manifest;
  notes: string[];
}
