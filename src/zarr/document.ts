import { KerchunkError } from '../errors';
import type { JsonObject, JsonValue } from '../json';
import { elementCount } from './shape';
import type { DataType } from './types';

/** The member of an array's metadata document; `document` is the document's key. @throws KerchunkError `malformed-metadata` without it. */
export function member(metadata: JsonObject, name: string, document: string): JsonValue {
  const value = Object.hasOwn(metadata, name) ? metadata[name] : undefined;
  if (value === undefined) throw malformed(document, `"${name}" is missing`);
  return value;
}

/** A list of integers from 0 to 2^53 - 1, one for each axis. @throws KerchunkError `malformed-metadata` for anything else. */
export function sizes(value: JsonValue, name: string, document: string): number[] {
  if (!Array.isArray(value)) throw malformed(document, `"${name}" is ${show(value)}; it must be a list of integers`);
  return value.map((side, axis) => {
    // Adding 0 makes 0 of the -0 that "-0" reads as.
    if (typeof side === 'number' && Number.isSafeInteger(side) && side >= 0) return side + 0;
    throw malformed(document, `"${name}" has ${show(side)} for axis ${axis}; it must be an integer from 0 to 2^53 - 1`);
  });
}

/**
 * The sides of a chunk, one for each axis of `shape`; 0 along an axis of length 0 reads as 1.
 * @throws KerchunkError `malformed-metadata` for another number of sides, and for 0 along any other axis.
 */
export function chunkSides(value: JsonValue, name: string, shape: readonly number[], document: string): number[] {
  const chunks = sizes(value, name, document);
  if (chunks.length !== shape.length) {
    throw malformed(
      document,
      `"shape" has ${shape.length} axes and "${name}" ${chunks.length}; they must have as many`,
    );
  }
  return chunks.map((side, axis) => {
    if (side > 0) return side;
    if (shape[axis] === 0) return 1;
    throw malformed(document, `"${name}" has 0 for axis ${axis}; a chunk has at least one element along every axis`);
  });
}

/** Whether a grid has more than 2^53 - 1 chunks, or its chunks more bytes than that: `chunks` or `bytes`, the first that is so. */
export function excessOf(
  shape: readonly number[],
  chunkShape: readonly number[],
  type: DataType,
): 'chunks' | 'bytes' | undefined {
  const chunks = shape.reduce((product, side, axis) => product * Math.ceil(side / (chunkShape[axis] ?? 1)), 1);
  if (chunks > Number.MAX_SAFE_INTEGER) return 'chunks';
  return elementCount(chunkShape) * Math.max(type.itemSize, 1) > Number.MAX_SAFE_INTEGER ? 'bytes' : undefined;
}

/** Refuses what `excessOf` finds too large. @throws KerchunkError `malformed-metadata`. */
export function checkExtent(
  shape: readonly number[],
  chunkShape: readonly number[],
  type: DataType,
  document: string,
): void {
  const excess = excessOf(shape, chunkShape, type);
  if (excess === 'chunks') {
    throw malformed(
      document,
      `shape [${shape.join(', ')}] in chunks of [${chunkShape.join(', ')}] makes more than 2^53 - 1 chunks`,
    );
  }
  if (excess === 'bytes') {
    throw malformed(document, `a chunk of [${chunkShape.join(', ')}] elements has more than 2^53 - 1 bytes`);
  }
}

/** Names of dimensions: a list of as many strings or nulls as there are axes; undefined for anything else. */
export function dimensionNamesOf(value: JsonValue | undefined, rank: number): (string | null)[] | undefined {
  if (!Array.isArray(value) || value.length !== rank) return undefined;
  const names = value.filter((name): name is string | null => name === null || typeof name === 'string');
  return names.length === rank ? names : undefined;
}

/** Runs a parser that does not know the document, and puts the document's key before its message. */
export function named<T>(document: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof KerchunkError && !error.message.startsWith(`${document}: `)) {
      throw new KerchunkError(error.code, `${document}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

/** A JSON value in a sentence, as far as it is short. */
export function show(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `"${value}"` : String(value);
  if (!Array.isArray(value)) return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
  return value.length === 0 ? 'an empty list' : 'a list';
}

export function malformed(document: string, message: string): KerchunkError {
  return new KerchunkError('malformed-metadata', `${document}: ${message}.`);
}
