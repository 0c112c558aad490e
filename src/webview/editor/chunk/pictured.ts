import type { ArrayDetails, ChunkValues, DriftPreview } from '../../../preview/types';
import type { ShownChunk } from '../../editor-messages';
import type { ValueClass } from '../../../picture/classes';
import type { Look } from '../../../picture/look';
import type { Range } from '../../../picture/stretch';
import type { PictureState, Side } from '../state';
import { insideNumbers, type Elements } from './elements';
import { stretchOfElements } from './stretches';
import { t } from '../../l10n';

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
  const readers = { side: 'readers', title: t('As readers decode it') } as const;
  const file = { side: 'truth', title: t('As stored') } as const;
  if (truth === null) return [readers];
  return side === 'both' ? [readers, file] : side === 'readers' ? [readers] : [file];
}

/** The elements that the colours' range is of: the truth's where that is shown. */
export function rangedElements({ readers, truth }: Pictured, { side }: Pick<PictureState, 'side'>): Elements {
  return truth !== null && side !== 'readers' ? truth : readers;
}

/** The range of the colours that is in force: typed, dragged or locked, else by the stretch of what is shown. */
export function colourRange(pictured: Pictured, picture: PictureState): Range | null {
  if (picture.range !== null) return picture.range;
  const { values, drift } = pictured;
  const elements = rangedElements(pictured, picture);
  if (picture.stretch.kind === 'automatic' && picture.scale !== 'log') {
    return elements === pictured.truth ? (drift?.truthStretch ?? null) : values.stretch;
  }
  return stretchOfElements(elements, insideNumbers(elements), picture.stretch, picture.scale);
}

/** Whether the colours' range is of a part of the chunk: the host's own is of all elements, any other of those that were sent. */
export function isRangeApproximate({ values }: Pictured, { range, stretch, scale }: PictureState): boolean {
  return values.step > 1 && range === null && (stretch.kind !== 'automatic' || scale === 'log');
}

/** How the values' numbers become colours. */
export function lookOf(pictured: Pictured, picture: PictureState): Look {
  const { colourMap, reversed, scale } = picture;
  return { colourMap, reversed, scale, range: colourRange(pictured, picture) };
}

/** The classes that values are shown as; null where they have none, and where they are shown as numbers. */
export function shownClasses({ values }: Pictured, { asClasses }: PictureState): readonly ValueClass[] | null {
  return asClasses ? (values.classes?.classes ?? null) : null;
}

/** Whether the picture shows the samples of pixels as their colours, or three bands as colours: nothing is mapped then. */
export function isInColours({ readers }: Pictured, { band }: PictureState): boolean {
  return band === 'composite' || (band === 'colours' && readers.colours);
}
