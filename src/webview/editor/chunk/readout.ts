import { html, type TemplateResult } from 'lit/html.js';
import { valueText } from '../../../zarr/text';
import { valueAt } from '../../../zarr/values';
import type { Page } from '../page';
import { copyButton, fact, type Content } from '../parts';
import type { Cell } from '../viewport';
import { shownBands, slotWords } from './composite-view';
import { coordinateAt, elementAt, indicesInArray, indicesInChunk, type Elements } from './elements';
import { isNodataNaN } from './legend';
import type { Pictured } from './pictured';
import { bandOf } from './pixels';
import { meantText, nameOfClass } from './meant';
import { differenceText } from './value-text';
import { t } from '../../l10n';

interface Reading {
  name: string;
  text: string;
}

/** The value under the pointer, else under the cursor, and where it stands. */
export function readoutView(page: Page, of: Pictured): TemplateResult {
  const { hover, cursor } = page.state.picture;
  const cell = hover ?? cursor;
  if (cell === null || !isWithin(of.readers, cell)) {
    return html`<p class="readout hint">
      ${t('Point at a value to read it, or move with the arrow keys; Alt with arrows goes to the neighbouring chunks.')}
    </p>`;
  }
  const readings = readingsAt(page, of, cell);
  return html`<div class="readout">
    <dl class="readings">${readings.map(({ name, text }) => fact(name, text))}</dl>
    ${copyValue(page, readings[0]?.text)}
  </div>`;
}

function copyValue(page: Page, text: string | undefined): Content {
  return copyButton(page, t('Copy Value'), t('The value'), text ?? '');
}

/** The same in one sentence, for those who do not see it. */
export function readoutInWords(page: Page, of: Pictured, cell: Cell): string {
  return readingsAt(page, of, cell)
    .map(({ name, text }) => `${name} ${text}`)
    .join(', ');
}

function isWithin({ plane }: Elements, { row, column }: Cell): boolean {
  return row < plane.height && column < plane.width;
}

function readingsAt(page: Page, of: Pictured, cell: Cell): Reading[] {
  const { plane, side } = page.state.picture;
  const { readers, truth } = of;
  const { inside } = readers;
  const place = placeReadings(page, of, cell);
  if (cell.row >= inside.rows || cell.column >= inside.columns) {
    return [{ name: t('Value'), text: t('none: beyond the edge of the array') }, ...place];
  }
  const main = side === 'truth' && truth !== null ? truth : readers;
  const name = truth === null ? t('Stored') : main === truth ? t('In the file') : t('Readers get');
  const bands = shownBands(page, of);
  const values =
    bands === null
      ? samplesOf(page, main, name).flatMap(({ name, band }) =>
          valueReadings(of, main, elementAt(main, plane, band, cell), name),
        )
      : bands.flatMap(({ slot, words, painted }) =>
          painted === null
            ? []
            : valueReadings(
                of,
                painted.elements,
                elementAt(painted.elements, painted.plane, painted.band, cell),
                `${slotWords[slot]} (${words})`,
              ),
        );
  return [...values, ...truthReadings(page, of, cell), ...place];
}

/** The samples of a pixel that are read: all where they are shown as colours. */
function samplesOf(page: Page, elements: Elements, name: string): { name: string; band: number }[] {
  const { band } = page.state.picture;
  if (band === 'colours' && elements.colours) {
    const colours = [t('Red'), t('Green'), t('Blue'), t('Alpha')];
    return colours.slice(0, elements.plane.bands).map((colour, index) => ({ name: colour, band: index }));
  }
  return [{ name, band: bandOf(elements, band) }];
}

function valueReadings({ values }: Pictured, elements: Elements, index: number, name: string): Reading[] {
  const stored = { name, text: valueText(valueAt(elements.array, index), elements.array.dataType) };
  const number = elements.numbers?.[index];
  const isNodata =
    number !== undefined && (number === elements.nodata || (Number.isNaN(number) && isNodataNaN(values)));
  if (isNodata) return [{ name, text: t('{0} (nodata)', stored.text) }];
  const className = number === undefined ? undefined : nameOfClass(values, number);
  const classes = className === undefined ? [] : [{ name: t('Class'), text: className }];
  const meant = meantText(number, values);
  if (meant === null)
    return [{ name, text: values.unit === null ? stored.text : `${stored.text} ${values.unit}` }, ...classes];
  return [stored, { name: meant.name === 'Date' ? t('Date') : t('Scaled'), text: meant.text }, ...classes];
}

/** Where readers get another value than the file stores: the true one, and by how much they are off. */
function truthReadings(page: Page, { readers, truth }: Pictured, cell: Cell): Reading[] {
  const { plane, band, side } = page.state.picture;
  if (truth === null || side === 'truth') return [];
  const index = elementAt(truth, plane, bandOf(truth, band), cell);
  const [got, right] = [readers.numbers?.[index], truth.numbers?.[index]];
  if (got === undefined || right === undefined) return [];
  const text = valueText(valueAt(truth.array, index), truth.array.dataType);
  const off =
    typeof got === 'bigint' && typeof right === 'bigint'
      ? (got - right).toString()
      : differenceText(Number(got) - Number(right), truth.array.dataType);
  return [
    { name: t('In the file'), text },
    { name: t('Off by'), text: off },
  ];
}

function placeReadings(page: Page, { preview, details, readers }: Pictured, cell: Cell): Reading[] {
  const { plane, band } = page.state.picture;
  const inChunk = indicesInChunk(readers, plane, bandOf(readers, band), cell);
  const { rowAxis, columnAxis } = readers;
  const rows = rowAxis === null ? [] : [{ name: t('Row'), text: String(inChunk[rowAxis]) }];
  const columns =
    columnAxis === null
      ? []
      : [{ name: rowAxis === null ? t('Place') : t('Column'), text: String(inChunk[columnAxis]) }];
  const inArray = indicesInArray(inChunk, preview.indices, details.chunkShape);
  const coordinates = preview.coordinates.flatMap((axis) => {
    const text = coordinateAt(axis, inChunk);
    if (text === null) return [];
    return [{ name: axis.name, text: axis.unit === null ? text : `${text} ${axis.unit}` }];
  });
  const crs = preview.crs === null ? [] : [{ name: 'CRS', text: preview.crs }];
  return [
    ...rows,
    ...columns,
    { name: t('Index in the array'), text: `[${inArray.join(', ')}]` },
    ...coordinates,
    ...crs,
  ];
}
