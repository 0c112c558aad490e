import type { ArrayDetails, ChunkValues, DriftPreview } from '../../../preview/types';
import type { ShownChunk } from '../../editor-messages';
import type { Range } from '../../../picture/stretch';
import type { PictureState, Side } from '../state';
import type { Elements } from './elements';

/** What of a chunk is pictured: what readers get, and the truth where it is another. */
export interface Pictured {
  preview: ShownChunk;
  values: ChunkValues;
  details: ArrayDetails;
  readers: Elements;
  truth: Elements | null;
  drift: DriftPreview | null;
}

/** The elements that are shown, and the side that statistics and range are of. */
export function sidesOf({ truth }: Pictured, side: Side): { side: Exclude<Side, 'both'>; title: string }[] {
  const readers = { side: 'readers', title: 'As readers decode it' } as const;
  const file = { side: 'truth', title: 'As stored' } as const;
  if (truth === null) return [readers];
  return side === 'both' ? [readers, file] : side === 'readers' ? [readers] : [file];
}

/** The range of the colours that is in force: typed or locked, else the stretch of what is shown, the truth's where both are. */
export function colourRange({ values, drift }: Pictured, { range, side }: PictureState): Range | null {
  if (range !== null) return range;
  return drift !== null && side !== 'readers' ? drift.truthStretch : values.stretch;
}
