import { html, nothing } from 'lit/html.js';
import type { ShardPreview } from '../../../preview/types';
import { countInWords, plural } from '../../../words';
import { chunkName } from '../grid/cells';
import { fact, moreInWords, type Content } from '../parts';

/** The chunks inside a shard with their bytes; nothing for a chunk that is none. */
export function shardView(shard: ShardPreview | undefined): Content {
  if (shard === undefined) return nothing;
  const { chunkShape, isOfFile, count, absent, chunks } = shard;
  const holes = absent === 0 ? '' : `, ${countInWords(absent)} absent`;
  return html`<details class="attributes shard">
    <summary>
      <h3>Shard of ${plural(count, 'chunk')} of ${chunkShape.map(countInWords).join(' × ')}${holes}</h3>
    </summary>
    <p>${isOfFile ? 'Bytes of the file.' : 'Bytes of the shard, which is itself encoded in the file.'}</p>
    <dl class="rows">${chunks.map(({ indices, start, end }) => fact(chunkName(indices), bytesInWords(start, end)))}</dl>
    ${moreInWords(count - chunks.length, 'chunk', 'kerchunk chunk --json lists them')}
  </details>`;
}

function bytesInWords(start: number | null, end: number | null): Content {
  if (start === null || end === null) return 'absent, fill values';
  return html`<code>${countInWords(start)} to ${countInWords(end)}</code>`;
}
