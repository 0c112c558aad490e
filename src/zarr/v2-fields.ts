import { nearestName } from '../edit-distance';
import { isJsonObject, type JsonObject, type JsonValue, shortJson } from '../json';
import { codecStepV2 } from './codec-id';
import type { DataTypeFaultKind } from './data-type';
import { type MetadataFault, MOST_FAULTS } from './fault';
import { excessOf } from './document';
import type { CodecStep, DataType } from './types';
import type { FillValueFaultKind, WrittenNumber } from './v2-fill-value';
import type { ObjectCodecFaultKind } from './v2-object-codec';

/**
 * What can be wrong with a `.zarray`, beside what can be with its data type, fill value and objects.
 * - `field-missing`; `unknown-field`; the others by the field. `other-format`: it is of another version of zarr.
 * - `chunks-zero`: a chunk side of 0 along an axis of length 0. `many-chunks`: more than can be counted here.
 */
export type ZarrayFaultKind =
  | 'field-missing'
  | 'unknown-field'
  | 'zarr-format'
  | 'other-format'
  | 'shape'
  | 'chunks'
  | 'chunks-zero'
  | 'shape-chunks-rank'
  | 'many-chunks'
  | 'order'
  | 'dimension-separator'
  | 'compressor'
  | 'filters'
  | 'filters-empty'
  | DataTypeFaultKind
  | FillValueFaultKind
  | ObjectCodecFaultKind;

export type ZarrayFault = MetadataFault<ZarrayFaultKind>;

/** Dimensions that an array of numpy's has at most; how the numbers of longer lists are written is not looked at. */
const MOST_DIMENSIONS = 64;

/** Fields that must be there (zarr v2 specification, "Metadata"), and what they must be. */
const REQUIRED: Record<string, string> = {
  zarr_format: 'the integer 2',
  shape: 'a list of integers',
  chunks: 'a list of integers',
  dtype: 'a string such as "<f4", or a list of fields',
  compressor: 'null or an object with an "id"',
  fill_value: 'a value of the data type, or null',
  order: '"C" or "F"',
  filters: 'null or a list of objects with an "id"',
};
/** Fields without which there is no array; zarr-python 3 reads the others as null. */
const NEEDED = ['zarr_format', 'shape', 'chunks', 'dtype', 'fill_value', 'order'];

/** Where a field of another place or version belongs. */
const BELONGS: ReadonlyMap<string, string> = new Map([
  ['_ARRAY_DIMENSIONS', 'It belongs in .zattrs.'],
  ['attributes', 'Attributes stand in .zattrs.'],
  ['dimension_names', 'Names of dimensions stand in .zattrs as "_ARRAY_DIMENSIONS".'],
]);

/** Takes a fault; it is fatal unless it is said not to be. */
export type AddFault = (kind: ZarrayFaultKind, path: ZarrayFault['path'], message: string, fatal?: boolean) => void;

/** Reads the members of one document; what is wrong goes to `add`. */
export class FieldReader {
  private wrongCodecs = 0;

  constructor(
    private readonly zarray: JsonObject,
    private readonly written: WrittenNumber,
    private readonly add: AddFault,
  ) {}

  /** Whether the document is of zarr v2; 'other' where it says that it is of another version, whose members are others. */
  format(): 'zarr2' | 'other' {
    if (!has(this.zarray, 'zarr_format')) return 'zarr2';
    const format = this.zarray.zarr_format ?? null;
    const text = this.written(['zarr_format']);
    if (format === 2 && (text === undefined || text === '2')) return 'zarr2';
    if (typeof format === 'number' && format !== 2) {
      this.add(
        'other-format',
        ['zarr_format'],
        `"zarr_format" is ${shortJson(format)}; .zarray is of zarr v2, and it must be the integer 2.`,
      );
      return 'other';
    }
    const message = `"zarr_format" is ${format === 2 ? (text ?? '2') : shortJson(format)}; it must be the integer 2.`;
    this.add('zarr-format', ['zarr_format'], message, format !== 2);
    return 'zarr2';
  }

  /** Members that are missing, and that are not known. */
  checkMembers(): void {
    for (const [name, expected] of Object.entries(REQUIRED)) {
      if (has(this.zarray, name)) continue;
      this.add('field-missing', [], `"${name}" is missing; it must be ${expected}.`, NEEDED.includes(name));
    }
    let told = 0;
    for (const [name, value] of Object.entries(this.zarray)) {
      if (Object.hasOwn(REQUIRED, name) || name === 'dimension_separator' || isHarmless(name, value)) continue;
      if (++told > MOST_FAULTS) break;
      const near = nearestName(name, [...Object.keys(REQUIRED), 'dimension_separator'], 2);
      const belongs = near === undefined ? (BELONGS.get(name) ?? 'Leave it out.') : `Did you mean "${near}"?`;
      this.add(
        'unknown-field',
        [name],
        `zarr v2 has no ${shortJson(name)} in .zarray, and readers ignore it. ${belongs}`,
        false,
      );
    }
  }

  /** The integers of `shape` or `chunks`; undefined where one is none. */
  sizes(name: 'shape' | 'chunks'): number[] | undefined {
    if (!has(this.zarray, name)) return undefined;
    const value = this.zarray[name] ?? null;
    if (!Array.isArray(value)) {
      const hint = typeof value === 'number' ? `, such as [${value}]` : '';
      this.add(name, [name], `"${name}" is ${shortJson(value)}; it must be a list of integers${hint}.`);
      return undefined;
    }
    const hasFractions = value.length <= MOST_DIMENSIONS && /[.eE]/u.test(this.written([name]) ?? '');
    let wrong = 0;
    for (const [axis, side] of value.entries()) {
      const text = hasFractions ? this.written([name, axis]) : undefined;
      const isSize = typeof side === 'number' && Number.isSafeInteger(side) && side >= 0;
      if (isSize && !/[.eE]/u.test(text ?? '')) continue;
      const message = `"${name}" has ${text ?? shortJson(side)} for axis ${axis}; it must be an integer from 0 to 2^53 - 1, written without a fraction.`;
      this.add(name, [name, axis], message);
      if (++wrong === MOST_FAULTS) break;
    }
    // Adding 0 makes 0 of the -0 that "-0" reads as.
    return wrong > 0 ? undefined : value.map((side) => Number(side) + 0);
  }

  chunkShape(shape: readonly number[], sides: readonly number[]): number[] | undefined {
    if (sides.length !== shape.length) {
      const message = `"shape" has ${shape.length} dimensions and "chunks" ${sides.length}; they must have the same number.`;
      this.add('shape-chunks-rank', ['chunks'], message);
      return undefined;
    }
    let told = 0;
    for (const [axis, side] of sides.entries()) {
      if (side > 0 || ++told > MOST_FAULTS) continue;
      const message = `"chunks" has 0 for axis ${axis}`;
      if (shape[axis] === 0) {
        this.add(
          'chunks-zero',
          ['chunks', axis],
          `${message}, whose length is 0; zarr-python 2 divides by it. Write 1.`,
          false,
        );
      } else {
        this.add('chunks', ['chunks', axis], `${message}; a chunk has at least one element along every axis.`);
      }
    }
    return sides.map((side) => Math.max(side, 1));
  }

  checkExtent(shape: readonly number[], chunkShape: readonly number[], type: DataType): void {
    const excess = excessOf(shape, chunkShape, type);
    if (excess === 'chunks') {
      const message = `A shape of ${shortJson([...shape])} in chunks of ${shortJson([...chunkShape])} makes more than 2^53 - 1 chunks.`;
      this.add('many-chunks', ['chunks'], message);
    } else if (excess === 'bytes') {
      this.add('chunks', ['chunks'], `A chunk of ${shortJson([...chunkShape])} elements has more than 2^53 - 1 bytes.`);
    }
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.zarray[name];
    if (value === undefined) return undefined;
    const choice = choices.find((one) => one === value);
    if (choice === undefined) {
      const kind = name === 'order' ? 'order' : 'dimension-separator';
      const written = choices.map((one) => `"${one}"`).join(' or ');
      this.add(kind, [name], `"${name}" is ${shortJson(value)}; it must be ${written}.`);
    }
    return choice;
  }

  codecs(): CodecStep[] {
    const { filters = null, compressor = null } = this.zarray;
    const steps: CodecStep[] = [];
    const take = (step: CodecStep | undefined): void => {
      if (step !== undefined) steps.push(step);
    };
    if (Array.isArray(filters)) {
      if (filters.length === 0) {
        const message = '"filters" is an empty list; without filters it is null.';
        this.add('filters-empty', ['filters'], message, false);
      }
      filters.forEach((filter, index) => {
        take(this.codec(filter, ['filters', index], 'filter'));
      });
    } else if (filters !== null) {
      this.add(
        'filters',
        ['filters'],
        `"filters" is ${shortJson(filters)}; it must be null or a list of objects with an "id".`,
      );
    }
    if (compressor !== null) take(this.codec(compressor, ['compressor'], 'compressor'));
    return steps;
  }

  /** The step of a codec object; of what is none, at most some twenty of a document are told. */
  private codec(json: JsonValue, path: (string | number)[], place: 'filter' | 'compressor'): CodecStep | undefined {
    const step = codecStepV2(json, place);
    if (step !== undefined || ++this.wrongCodecs > MOST_FAULTS) return step;
    const kind = place === 'filter' ? 'filters' : 'compressor';
    const what = place === 'filter' ? `Filter ${Number(path[1]) + 1}` : '"compressor"';
    if (!isJsonObject(json)) {
      const expected = place === 'filter' ? 'an object with an "id"' : 'null or an object with an "id"';
      this.add(kind, path, `${what} is ${shortJson(json)}; it must be ${expected}.`);
    } else if (json.id === undefined) {
      this.add(kind, path, `${what} has no "id", which names the codec.`);
    } else {
      this.add(kind, [...path, 'id'], `${what} has the "id" ${shortJson(json.id)}; it must be the name of a codec.`);
    }
    return undefined;
  }
}

/** Members that zarr v2 does not know, and of which nothing is lost. */
function isHarmless(name: string, value: JsonValue): boolean {
  // NCZarr, netCDF's own layer, keeps members of these names here; VirtualiZarr writes attributes, of which there are none.
  if (/^_nczarr_/iu.test(name)) return true;
  return name === 'attributes' && isJsonObject(value) && Object.keys(value).length === 0;
}

/** Whether a document has a member of its own. */
export function has(zarray: JsonObject, name: string): boolean {
  return Object.hasOwn(zarray, name);
}
