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
}

/** What an operation made, and what of its inputs it could not keep. */
export interface Combined {
  manifest: Manifest;
  notes: string[];
}
