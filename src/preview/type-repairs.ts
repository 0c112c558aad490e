import type { Repair } from './what-if-types';
import { nodataAs } from '../generate/nodata';
import { KerchunkError } from '../errors';
import { parseFillValue } from '../zarr/fill-value';
import type { DataType, ZarrArray } from '../zarr/types';
import { codecText } from './codec-text';
import { parseValue } from './changed-array';
import { type Encoding } from './encoding-text';
import { jsonText } from './json-text';
import { v3TypeName } from './v3-type-name';

/** A numpy type string that stands in JSON: byte order, kind and size. */
const TYPE = /"([<>|])([iuf])([1248])"/gu;

/** The same bytes taken for other numbers: of the other byte order, with or without a sign, whole or floating. */
export function typeRepairs(array: ZarrArray, encoding: Encoding): Repair[] {
  const { dataType, zarrFormat } = array;
  if (!'iuf'.includes(dataType.kind)) return [];
  return zarrFormat === 3 ? repairsOfZarr3(array, encoding) : repairsOfZarr2(array, encoding);
}

function repairsOfZarr2({ dataType }: ZarrArray, encoding: Encoding): Repair[] {
  const texts = [encoding.dtype, ...encoding.codecs.map(({ text }) => text)];
  // The last type that is named is the stored one.
  const stored = texts.flatMap((text) => [...text.matchAll(TYPE)]).at(-1);
  if (stored === undefined) return [];
  const [token, order = '|', kind = 'u', size = '1'] = stored;
  const bytes = Number(size);
  const changed = (replace: (text: string) => string, type: DataType): Encoding => {
    const dtype = replace(encoding.dtype);
    return {
      ...encoding,
      dtype,
      fillValue: dtype === encoding.dtype ? encoding.fillValue : fillFor(encoding, type, 2, undefined),
      codecs: encoding.codecs.map((codec) => ({ ...codec, text: replace(codec.text) })),
    };
  };
  const turned = (text: string): string =>
    text.replace(TYPE, (all, mark: string, ...rest: string[]) =>
      mark === '|' ? all : `"${mark === '<' ? '>' : '<'}${rest[0] ?? ''}${rest[1] ?? ''}"`,
    );
  const retyped = (to: string): ((text: string) => string) => {
    return (text) => text.replaceAll(token, `"${order}${to}${size}"`);
  };
  const repairs: Repair[] = [];
  if (bytes > 1) {
    repairs.push({ ...byteOrder(order === '<' ? 'big' : 'little'), encoding: changed(turned, dataType) });
  }
  for (const to of otherKinds(kind, bytes)) {
    repairs.push({ ...otherKind(to, bytes), encoding: changed(retyped(to), { ...dataType, kind: to }) });
  }
  return repairs;
}

function repairsOfZarr3({ dataType, codecs }: ZarrArray, encoding: Encoding): Repair[] {
  const repairs: Repair[] = [];
  const at = codecs.findIndex(({ id }) => id === 'bytes');
  const order = codecs[at]?.config.endian === 'big' ? 'little' : 'big';
  if (dataType.itemSize > 1 && at !== -1) {
    const text = codecText(3, 'bytes', { endian: order });
    const turned = encoding.codecs.map((codec, position) => (position === at ? { ...codec, text } : codec));
    repairs.push({ ...byteOrder(order), encoding: { ...encoding, codecs: turned } });
  }
  for (const kind of otherKinds(dataType.kind, dataType.itemSize)) {
    const type = { ...dataType, kind };
    const dtype = JSON.stringify(v3TypeName(type));
    const fillValue = fillFor(encoding, type, 3, undefined);
    repairs.push({ ...otherKind(kind, dataType.itemSize), encoding: { ...encoding, dtype, fillValue } });
  }
  return repairs;
}

function byteOrder(order: 'little' | 'big'): Pick<Repair, 'title' | 'why'> {
  const why = 'With its bytes in the wrong order a picture is noise, or stripes of a few values.';
  return { title: `As ${order}-endian numbers`, why };
}

function otherKinds(kind: string, bytes: number): ('i' | 'u' | 'f')[] {
  if (kind === 'f') return bytes === 2 ? ['u'] : ['u', 'i'];
  const other = kind === 'u' ? 'i' : 'u';
  return bytes >= 4 ? ['f', other] : [other];
}

function otherKind(kind: 'i' | 'u' | 'f', bytes: number): Pick<Repair, 'title' | 'why'> {
  const bits = `${8 * bytes} bits`;
  switch (kind) {
    case 'i':
      return {
        title: `As signed integers of ${bits}`,
        why: 'Negative values come out as very large ones where the sign is lost.',
      };
    case 'u':
      return {
        title: `As unsigned integers of ${bits}`,
        why: 'Large values come out as negative ones where a sign is taken for granted.',
      };
    case 'f':
      return {
        title: `As floats of ${bits}`,
        why: 'Floats taken for integers come out around 1,000,000,000, and vary little.',
      };
  }
}

/**
 * The fill value as JSON text, as far as a type can hold it; else the nodata of the file, the integer of the same bits, and null or, in zarr v3,
 * 0 in the end.
 */
export function fillFor(
  { fillValue }: Encoding,
  type: DataType,
  zarrFormat: 2 | 3,
  nodata: number | bigint | undefined,
): string {
  const value = parseValue(fillValue);
  if (isFill(value, type)) return fillValue;
  const known = nodata === undefined ? undefined : nodataAs(nodata, type);
  if (known !== undefined) return Number.isFinite(Number(known)) ? jsonText(known) : JSON.stringify(String(known));
  if ((typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) && type.kind !== 'f') {
    const bits = 8 * type.itemSize;
    const same = type.kind === 'i' ? BigInt.asIntN(bits, BigInt(value)) : BigInt.asUintN(bits, BigInt(value));
    return same.toString();
  }
  return zarrFormat === 3 ? '0' : 'null';
}

function isFill(value: Parameters<typeof parseFillValue>[0], type: DataType): boolean {
  try {
    parseFillValue(value, type);
    return true;
  } catch (error) {
    if (error instanceof KerchunkError) return false;
    throw error;
  }
}
