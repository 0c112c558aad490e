import { html, nothing } from 'lit/html.js';
import type { ShardPreview } from '../../../preview/types';
import { countInWords } from '../../../words';
import { chunksInWords } from '../../counts';
import { t } from '../../l10n';
import { chunkName } from '../grid/cells';
import { fact, moreInWords, type Content } from '../parts';

/** The chunks inside a shard with their bytes; nothing for a chunk that is none. */
export function shardView(shard: ShardPreview | undefined): Content {
  if (shard === undefined) return nothing;
  const { chunkShape, isOfFile, count, absent, chunks } = shard;
  const sides = chunkShape.map(countInWords).join(' × ');
  const chunksOf = chunksInWords(count);
  return html`<details class="attributes shard">
    <summary>
      <h3>
        ${absent === 0 ? t('Shard: {0} of {1}', chunksOf, sides) : t('Shard: {0} of {1}, {2} absent', chunksOf, sides, countInWords(absent))}
      </h3>
    </summary>
    <p>${isOfFile ? t('Bytes of the file.') : t('Bytes of the shard, which is itself encoded in the file.')}</p>
    <dl class="rows">${chunks.map(({ indices, start, end }) => fact(chunkName(indices), bytesInWords(start, end)))}</dl>
    ${moreInWords(
      count - chunks.length,
      t('1 more chunk: kerchunk chunk --json lists it.'),
      t('{0} more chunks: kerchunk chunk --json lists them.'),
    )}
  </details>`;
}

function bytesInWords(start: number | null, end: number | null): Content {
  if (start === null || end === null) return t('absent, fill values');
  return html`<code>${t('{0} to {1}', countInWords(start), countInWords(end))}</code>`;
}
