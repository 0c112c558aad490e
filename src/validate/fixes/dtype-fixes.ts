import type { TiffDescription } from '../../tiff/types';
import { knownTiffBehind } from './known-tiff';
import { arrayPath, concernedBy, replaced } from './remedies';
import type { Fixer, Remedy } from './types';

/** A numpy type string with or without its byte order, and its parts. */
const TYPE = /^([<>|=]?)([biufcmMSUVO])(\d*)(\[.*\])?$/u;

/** Names of types that numpy knows and zarr v2 does not. */
const NAMES = new Map([
  ['bool', 'b1'],
  ...['int', 'uint'].flatMap((name): [string, string][] =>
    [1, 2, 4, 8].map((size) => [`${name}${8 * size}`, `${name.charAt(0)}${size}`]),
  ),
  ...[2, 4, 8].map((size): [string, string] => [`float${8 * size}`, `f${size}`]),
  ...[8, 16].map((size): [string, string] => [`complex${8 * size}`, `c${size}`]),
]);

/**
 * The byte order of a data type: none for types of one byte, byte strings and void; else that of the TIFF behind the array where it is known,
 * and both where it is not, little-endian first.
 */
export const fixDtype: Fixer = (context) => {
  const concerned = concernedBy(context);
  if (concerned === undefined || typeof concerned.value !== 'string') return [];
  const { documents, path, value } = concerned;
  const [, order = '', kind = '', size = '', unit = ''] = TYPE.exec(NAMES.get(value) ?? value) ?? [];
  if (kind === '' || (size === '' && kind !== 'O')) return [];
  const rest = `${kind}${kind === 'O' ? '' : size}${unit}`;
  const orders = ordersOf(kind, size, knownTiffBehind(context, arrayPath(context))?.tiff);
  if (orders.some((right) => right === order) && !NAMES.has(value)) return [];
  return orders.map((right): Remedy => {
    const written = `${right}${rest}`;
    const changes = replaced(documents, path, written);
    if (right === '|') return { title: `Write "${written}"`, changes, isPreferred: true };
    const alternative = right === '<' ? 'little-endian' : 'big-endian';
    const preferred = orders.length === 1 ? { isPreferred: true } : {};
    return { title: `Write "${written}", ${alternative}`, changes, alternative, ...preferred };
  });
};

function ordersOf(kind: string, size: string, tiff: TiffDescription | undefined): ('<' | '>' | '|')[] {
  if (size === '1' && kind !== 'U') return ['|'];
  if ('SVO'.includes(kind)) return ['|'];
  if (tiff === undefined) return ['<', '>'];
  return [tiff.byteOrder === 'little' ? '<' : '>'];
}
