import { isMeant } from './meant';
import { coordinateAt, indicesInArray, indicesInChunk } from './elements';
import type { Pictured } from './pictured';
import { t } from '../../l10n';

/** What stands at the axes of a line through a chunk of one axis. */
export interface LineAxes {
  /** What the line's height stands for: the array's name with its unit. */
  values: string;
  /** What runs to the right: the dimension's name with its unit, or its index. */
  places: string;
  /** At the first and the last element inside the array: the coordinate, else the index in the array. */
  first: string;
  last: string;
}

/** The words at the axes of a line; a unit that is only that of the scaled values is not told of the stored ones, which are drawn. */
export function axesOfLine({ preview, values, details, readers }: Pictured): LineAxes {
  const axis = readers.columnAxis ?? 0;
  const name = details.path.split('/').at(-1) ?? '';
  const dimension = details.dimensions?.[axis] ?? t('axis {0}', axis);
  const coordinates = preview.coordinates.find((known) => known.axis === axis);
  const ends = [0, Math.max(0, readers.inside.columns - 1)].map((column) => {
    const inChunk = indicesInChunk(readers, [], 0, { row: 0, column });
    const index = String(indicesInArray(inChunk, preview.indices, details.chunkShape)[axis] ?? 0);
    return { index, coordinate: coordinates === undefined ? null : coordinateAt(coordinates, inChunk) };
  });
  const places = coordinates !== undefined && ends.every(({ coordinate }) => coordinate !== null);
  const [first = '', last = ''] = ends.map(({ index, coordinate }) => (places ? (coordinate ?? index) : index));
  return {
    values: isMeant(values) ? t('{0}, as stored', name) : withUnit(name, values.unit),
    places: places ? withUnit(dimension, coordinates.unit) : t('Index along {0}', dimension),
    first,
    last,
  };
}

function withUnit(name: string, unit: string | null): string {
  return unit === null ? name : `${name} (${unit})`;
}
