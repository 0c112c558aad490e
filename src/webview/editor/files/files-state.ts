import type { TargetMap, TargetPlace } from '../../../preview/target-types';
import { wholeView, type Viewport } from '../viewport';

/** The view of the files that references point into. */
export interface FilesState {
  search: string;
  /** Which file is shown; null: the first. */
  place: TargetPlace | null;
  /** The user lets the structure of the file be read. */
  read: boolean;
  /** The region that is selected, as its bytes. */
  region: { start: number; length: number } | null;
  /** The file wrapped in rows, or as one strip. */
  layout: 'rows' | 'strip';
  /** Which bytes are seen: `x` is the first of them. */
  viewport: Viewport;
  /** Where the bytes that are shown begin; null where none are. */
  bytesAt: number | null;
  /** Counts how often the file was asked for again. */
  attempt: number;
}

export const freshFiles: FilesState = {
  search: '',
  place: null,
  read: false,
  region: null,
  layout: 'rows',
  viewport: wholeView,
  bytesAt: null,
  attempt: 0,
};

/** The view when another file is shown: what was chosen of the last one goes. */
export function filesAt(files: FilesState, place: TargetPlace | null): FilesState {
  return { ...freshFiles, search: files.search, layout: files.layout, place };
}

/** The view once the map has come: the region of the chunk that the file was asked for by is selected, if it is one. */
export function filesWithMap(files: FilesState, { selected, regions }: TargetMap): FilesState {
  if (selected === null || files.region !== null) return files;
  const start = new Float64Array(regions.starts)[selected] ?? 0;
  const length = new Float64Array(regions.lengths)[selected] ?? 0;
  return { ...files, region: { start, length } };
}
