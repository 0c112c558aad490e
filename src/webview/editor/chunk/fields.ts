import { html, type TemplateResult } from 'lit/html.js';

/** A choice among a few, by name. */
export function selectField<Name extends string>(
  words: string,
  choices: readonly (readonly [name: Name, words: string])[],
  chosen: Name,
  choose: (name: Name) => void,
): TemplateResult {
  return html`<label class="field"
    >${words}
    <select
      @change=${(event: Event) => {
        const { target } = event;
        const found = choices.find(([name]) => target instanceof HTMLSelectElement && name === target.value);
        if (found !== undefined) choose(found[0]);
      }}
    >
      ${choices.map(([name, text]) => html`<option value=${name} .selected=${name === chosen}>${text}</option>`)}
    </select></label
  >`;
}

/** A number to be typed; what is no number, or outside `limits` (inclusive), is not taken and the field shows the old one again. */
export function numberField(
  words: string,
  name: string,
  shown: string,
  take: (value: number) => void,
  limits: { low: number; high: number } = { low: -Infinity, high: Infinity },
): TemplateResult {
  return html`<label class="field"
    >${words}
    <input
      type="number"
      step="any"
      class="bound"
      aria-label=${name}
      .value=${shown}
      @change=${(event: Event) => {
        if (!(event.target instanceof HTMLInputElement)) return;
        const { valueAsNumber } = event.target;
        if (valueAsNumber >= limits.low && valueAsNumber <= limits.high) take(valueAsNumber);
        else event.target.value = shown;
      }}
  /></label>`;
}

/** A box to tick. */
export function checkField(words: string, checked: boolean, take: (checked: boolean) => void): TemplateResult {
  return html`<label class="field"
    ><input
      type="checkbox"
      .checked=${checked}
      @change=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) take(event.target.checked);
      }}
    />${words}</label
  >`;
}
