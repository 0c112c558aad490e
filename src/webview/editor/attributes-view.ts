import { guard } from 'lit/directives/guard.js';
import { html, nothing } from 'lit/html.js';
import type { ArrayDetails } from '../../preview/types';
import { countInWords } from '../../words';
import { breakable, fact, moreInWords, type Content } from './parts';
import { t } from '../l10n';

/** The attributes of an array or a group, open; nothing where there are none. */
export function attributesView({
  attributes,
  moreAttributes,
}: Pick<ArrayDetails, 'attributes' | 'moreAttributes'>): Content {
  if (attributes.length === 0) return nothing;
  return html`<details class="attributes" open>
    <summary><h3>${attributesInWords(attributes.length + moreAttributes)}</h3></summary>
    <dl class="rows">
      ${guard([attributes], () => attributes.map(({ name, value }) => fact(name, attributeValue(value))))}
    </dl>
    ${moreInWords(
      moreAttributes,
      t('1 more attribute: the text has it.'),
      t('{0} more attributes: the text has them.'),
    )}
  </details>`;
}

function attributesInWords(count: number): string {
  return count === 1 ? t('1 attribute') : t('{0} attributes', countInWords(count));
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
