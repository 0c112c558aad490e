import { decodeBase64Bytes } from '../zarr/base64';
import { damaged } from './decode-error';
import type { Decoder } from './types';

/** numcodecs `base64`: standard base64 (RFC 4648, section 4). */
export const decodeBase64Codec: Decoder = (bytes) => {
  const decoded = decodeBase64Bytes(bytes);
  if (typeof decoded === 'string') throw damaged(`The bytes are not base64: ${decoded}.`);
  return decoded;
};

/** Characters that `size` bytes become. */
export function base64Size(size: number): number {
  return Math.ceil(size / 3) * 4;
}
