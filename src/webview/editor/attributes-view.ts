import { guard } from 'lit/directives/guard.js';
import { html, nothing } from 'lit/html.js';
import type { ArrayDetails } from '../../preview/types';
import { plural } from '../../words';
import { breakable, fact, moreInWords, type Content } from './parts';

/** The attributes of an array or a group, open; nothing where there are none. */
export function attributesView({
  attributes,
  moreAttributes,
}: Pick<ArrayDetails, 'attributes' | 'moreAttributes'>): Content {
  if (attributes.length === 0) return nothing;
  return html`<details class="attributes" open>
    <summary><h3>${plural(attributes.length + moreAttributes, 'attribute')}</h3></summary>
    <dl class="rows">
      ${guard([attributes], () => attributes.map(({ name, value }) => fact(name, attributeValue(value))))}
    </dl>
    ${moreInWords(moreAttributes, 'attribute', 'the text has them')}
  </details>`;
}

/** Characters from which a value is folded away: a CRS in WKT has thousands. */
const longValue = 300;

function attributeValue(value: string): Content {
  if (value.length <= longValue) return html`<code>${breakable(value)}</code>`;
  return html`<details>
    <summary><code>${breakable(value.slice(0, 100))}…</code></summary>
    <code>${breakable(value)}</code>
  </details>`;
}
