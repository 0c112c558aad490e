import type { Manifest } from '../manifest/types';

/** A reference set and how messages name it. */
export interface NamedManifest {
  name: string;
  manifest: Manifest;
}

/** What an operation made, and what of its inputs it could not keep. */
export interface Combined {
  manifest: Manifest;
  notes: string[];
}
