import type { CodecChoice, EncodingDetails, EncodingFault, EncodingPlace } from '../../../preview/what-if-types';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import { codecInserted, codecMoved, codecRemoved, codecReplaced } from '../../../preview/encoding-edits';
import type { Encoding } from '../../../preview/encoding-text';
import { breakable, icon, iconButton, type Content } from '../parts';
import type { Page } from '../page';
import { codecName, typedType, typeText } from './codec-name';
import { edit, whenTyped } from './draft';
import { t } from '../../l10n';

/** The fields of an encoding: its codecs in the order in which a reader undoes them, data type, order and fill value. */
export function encodingFields(
  page: Page,
  details: EncodingDetails,
  encoding: Encoding,
  faults: readonly EncodingFault[],
): TemplateResult {
  const positions = encoding.codecs.map((_, position) => position).reverse();
  return html`<ol class="codec-fields" aria-label=${t('Codecs, from the stored bytes on')}>
      ${repeat(
        positions,
        (position) => encoding.codecs.length - position,
        (position) => codecField(page, details, encoding, position, faultsAt(faults, position)),
      )}
    </ol>
    ${addField(page, details)}
    <div class="encoding-fields">
      ${textField(page, details, t('Data type'), 'dtype', typedType(encoding.dtype), faultsAt(faults, 'dtype'))}
      ${encoding.order === null ? nothing : orderField(page, details, encoding.order)}
      ${textField(page, details, t('Fill value'), 'fillValue', encoding.fillValue, faultsAt(faults, 'fillValue'))}
    </div>
    ${faultsView([...faultsAt(faults, null), ...faultsAt(faults, 'order')], 'whole')}`;
}

function faultsAt(faults: readonly EncodingFault[], place: EncodingPlace): EncodingFault[] {
  return faults.filter((fault) => fault.place === place);
}

/** One step: another codec, its JSON, and where it stands. */
function codecField(
  page: Page,
  details: EncodingDetails,
  { codecs }: Encoding,
  position: number,
  faults: readonly EncodingFault[],
): TemplateResult {
  const text = codecs[position]?.text ?? '';
  const name = codecName(text);
  const step = codecs.length - position;
  const label = name === '' ? t('step {0}', step) : t('step {0}, {1}', step, name);
  const move = (to: number): void => {
    edit(page, details, (encoding) => codecMoved(encoding, position, to));
    page.announce(t('{0} is now step {1} of {2}.', name, codecs.length - to, codecs.length));
  };
  return html`<li class="codec-field">
    <div class="picture-tools">
      <select
        aria-label=${t('Codec of {0}', label)}
        @change=${(event: Event) => {
          if (!(event.target instanceof HTMLSelectElement)) return;
          const choice = details.choices[Number(event.target.value)];
          if (choice !== undefined) edit(page, details, (encoding) => codecReplaced(encoding, position, choice.text));
        }}
      >
        ${options(details.choices, name)}
      </select>
      <span class="tools">
        ${iconButton(
          t('Undo {0}, earlier', label),
          'up',
          () => {
            move(position + 1);
          },
          position === codecs.length - 1,
        )}
        ${iconButton(
          t('Undo {0}, later', label),
          'down',
          () => {
            move(position - 1);
          },
          position === 0,
        )}
        ${iconButton(t('Remove {0}', label), 'no', () => {
          edit(page, details, (encoding) => codecRemoved(encoding, position));
          page.announce(t('{0} was removed.', name));
        })}
      </span>
    </div>
    <textarea
      rows="2"
      spellcheck="false"
      aria-label=${t('JSON of {0}', label)}
      aria-invalid=${faults.length > 0 ? 'true' : 'false'}
      aria-describedby="faults-${step}"
      .value=${text}
      @input=${whenTyped((typed) => {
        edit(page, details, (encoding) => codecReplaced(encoding, position, typed));
      })}
    ></textarea>
    ${faultsView(faults, String(step))}
  </li>`;
}

/** What a codec can be replaced by; one that is not among them stands first. */
function options(choices: readonly CodecChoice[], chosen: string): Content {
  const names = choices.map(({ text }) => codecName(text));
  const own = names.includes(chosen)
    ? nothing
    : html`<option value="own" .selected=${true}>${chosen || t('no codec')}</option>`;
  return html`${own}
  ${names.map((name, index) => html`<option value=${index} .selected=${name === chosen}>${name}</option>`)}`;
}

/** A codec of arrays comes next to the values, any other next to the stored bytes. */
function addField(page: Page, details: EncodingDetails): TemplateResult {
  return html`<label class="field"
    >${t('Add a codec')}
    <select
      @change=${(event: Event) => {
        if (!(event.target instanceof HTMLSelectElement)) return;
        const choice = details.choices[Number(event.target.value)];
        event.target.value = 'none';
        if (choice === undefined) return;
        edit(page, details, (encoding) => {
          const position = choice.isArrayCodec ? 0 : encoding.codecs.length;
          return codecInserted(encoding, position, choice.text, !choice.isArrayCodec);
        });
        page.announce(t('{0} was added.', choice.id));
      }}
    >
      <option value="none">${t('Choose…')}</option>
      ${details.choices.map(({ text }, index) => html`<option value=${index}>${codecName(text)}</option>`)}
    </select>
  </label>`;
}

function textField(
  page: Page,
  details: EncodingDetails,
  label: string,
  member: 'dtype' | 'fillValue',
  value: string,
  faults: readonly EncodingFault[],
): TemplateResult {
  return html`<div>
    <label class="field"
      >${label}
      <input
        spellcheck="false"
        aria-invalid=${faults.length > 0 ? 'true' : 'false'}
        aria-describedby="faults-${member}"
        .value=${value}
        @input=${whenTyped((typed) => {
          const text = member === 'dtype' ? typeText(typed) : typed;
          edit(page, details, (encoding) => ({ ...encoding, [member]: text }));
        })}
      />
    </label>
    ${faultsView(faults, member)}
  </div>`;
}

const orders = [
  ['"C"', t('C: the last axis fastest')],
  ['"F"', t('F: the first axis fastest')],
] as const;

function orderField(page: Page, details: EncodingDetails, order: string): TemplateResult {
  return html`<label class="field"
    >${t('Order')}
    <select
      @change=${(event: Event) => {
        const { target } = event;
        if (target instanceof HTMLSelectElement)
          edit(page, details, (encoding) => ({ ...encoding, order: target.value }));
      }}
    >
      ${orders.map(([value, words]) => html`<option value=${value} .selected=${value === order}>${words}</option>`)}
    </select>
  </label>`;
}

function faultsView(faults: readonly EncodingFault[], name: string): TemplateResult {
  return html`<div id="faults-${name}" class="faults">
    ${faults.map(
      ({ severity, message }) =>
        html`<p class="fault fault-${severity}">
          ${icon(severity === 'error' ? 'error' : 'warning')}${breakable(message)}
        </p>`,
    )}
  </div>`;
}
