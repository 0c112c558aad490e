import type { TiffDescription } from '../tiff/types';
import type { Entry } from './coordinates';
import type { StoredStrip } from './last-strip';
import type { GenerateOptions, LevelAccount } from './types';

/** What a preset gives: the entries of the reference file, and what its account says beyond the TIFF. */
export interface Written {
  entries: Entry[];
  levels: LevelAccount[];
  codecs: Set<string>;
  nested: boolean;
  /** Whether the levels stand in groups. */
  groups: boolean;
  warnings: string[];
}

/** How a preset writes a TIFF. @throws KerchunkError `not-expressible`, `short-last-strip`, `invalid-argument` or `malformed-tiff`. */
export type Writer = (
  tiff: TiffDescription,
  options: GenerateOptions,
  strips: readonly StoredStrip[],
  signal?: AbortSignal,
) => Written | Promise<Written>;
