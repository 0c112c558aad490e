import { html, type TemplateResult } from 'lit/html.js';
import type { StagePicture } from '../../../preview/types';
import { shortNumberText } from '../chunk/value-text';
import { ordinal } from '../ordinal';
import type { Content } from '../parts';
import type { PictureState } from '../state';
import { smallPicture } from './small-picture';
import { t } from '../../l10n';

/** The picture of a stage, at a place of the page that has no other of it; `name` is what it is a picture of. */
export function stagePictureView(
  name: string,
  picture: StagePicture,
  place: string,
  look: PictureState,
): TemplateResult {
  const words = t('{0} as {1}, {2}', name, picture.dtype, rangeInWords(picture));
  return html`<span class="stage-picture" role="img" aria-label=${words} title=${words}>
    ${smallPicture(picture, place, look)}
  </span>`;
}

/** "colours from 12 to 4033, every 8th row and column". */
export function rangeInWords({ stretch, step }: StagePicture): string {
  const range =
    stretch === null
      ? t('nothing finite')
      : t('colours from {0} to {1}', shortNumberText(stretch.low), shortNumberText(stretch.high));
  return step === 1 ? range : t('{0}, every {1} row and column', range, ordinal(step));
}

/** The range of a picture's colours, under it. */
export function rangeView(picture: StagePicture): Content {
  return html`<span class="hint"><code>${picture.dtype}</code> ${rangeInWords(picture)}</span>`;
}
