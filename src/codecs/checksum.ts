import type { JsonObject } from '../json';
import { adler32, crc32, crc32c, fletcher32, jenkinsLookup3 } from './checksums';
import { numberOf } from './config';
import { badConfiguration, damaged } from './decode-error';
import type { Decoder } from './types';

/** Bytes of each of these sums. */
export const CHECKSUM_SIZE = 4;

type Place = 'start' | 'end';

/** Takes the sum off, a little-endian number before or behind the bytes that it is of, and compares it with theirs. */
function verified(bytes: Uint8Array, place: Place, name: string, sumOf: (bytes: Uint8Array) => number): Uint8Array {
  if (bytes.length < CHECKSUM_SIZE) {
    throw damaged(`There are ${bytes.length} bytes, too few for the four of the ${name} sum.`);
  }
  const end = bytes.length - CHECKSUM_SIZE;
  const sumAt = place === 'start' ? 0 : end;
  const payload = place === 'start' ? bytes.subarray(CHECKSUM_SIZE) : bytes.subarray(0, end);
  const expected = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(sumAt, true);
  const found = sumOf(payload);
  if (found === expected) return payload;
  throw damaged(
    `The ${name} sum at the ${place} of the bytes is ${hex(expected)}, and that of the bytes ${hex(found)}.`,
  );
}

function hex(sum: number): string {
  return `0x${sum.toString(16).padStart(2 * CHECKSUM_SIZE, '0')}`;
}

function placeOf({ location }: JsonObject, otherwise: Place): Place {
  if (location === undefined || location === null) return otherwise;
  if (location === 'start' || location === 'end') return location;
  throw badConfiguration('"location" is neither "start" nor "end"');
}

/** numcodecs `crc32 {location}`: the sum stands at the start by default. */
export const decodeCrc32: Decoder = (bytes, config) => verified(bytes, placeOf(config, 'start'), 'CRC32', crc32);

/** numcodecs `crc32c {location}`: the sum stands at the end by default. */
export const decodeCrc32c: Decoder = (bytes, config) => verified(bytes, placeOf(config, 'end'), 'CRC32C', crc32c);

/** numcodecs `adler32 {location}`: the sum stands at the start by default. */
export const decodeAdler32: Decoder = (bytes, config) => verified(bytes, placeOf(config, 'start'), 'Adler-32', adler32);

/** numcodecs `fletcher32`: HDF5's filter, the sum at the end. */
export const decodeFletcher32: Decoder = (bytes) => verified(bytes, 'end', 'Fletcher-32', fletcher32);

/** numcodecs `jenkins_lookup3 {initval, prefix}`: the sum at the end. A prefix is a list of bytes that come first in the sum. */
export const decodeJenkinsLookup3: Decoder = (bytes, config) => {
  const initial = numberOf(config, 'initval', 0);
  const prefix = prefixOf(config);
  return verified(bytes, 'end', 'lookup3', (payload) => {
    const summed = new Uint8Array(prefix.length + payload.length);
    summed.set(prefix);
    summed.set(payload, prefix.length);
    return jenkinsLookup3(summed, initial);
  });
};

function prefixOf({ prefix }: JsonObject): number[] {
  if (prefix === undefined || prefix === null) return [];
  if (Array.isArray(prefix)) {
    const bytes = prefix.filter((byte) => typeof byte === 'number');
    if (bytes.length === prefix.length) return bytes;
  }
  throw badConfiguration('"prefix" is not a list of bytes');
}
