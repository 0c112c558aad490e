import type { ErrorCode } from '../errors';
import { KerchunkError } from '../errors';
import type { Stage } from './types';

/**
 * A chunk that could not be decoded, with the stages that were. The message names the step; `step` is its place in the array's codecs, from 0,
 * `values` where the codecs gave what is no chunk of the array, and undefined where the metadata kept decoding from beginning.
 */
export class DecodeError extends KerchunkError {
  constructor(
    code: ErrorCode,
    message: string,
    readonly stages: readonly Stage[],
    readonly step: number | 'values' | undefined,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
  }
}

/** The error of a codec whose bytes are not what it expects; `message` says what is wrong with them. */
export function damaged(message: string, cause?: unknown): KerchunkError {
  return new KerchunkError('decode-failed', message, { cause });
}

/** The error of a codec whose configuration is not one it has. */
export function badConfiguration(message: string): KerchunkError {
  return new KerchunkError('malformed-metadata', message);
}
