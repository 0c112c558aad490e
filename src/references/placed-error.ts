import { KerchunkError, type ErrorCode } from '../errors';
import type { TextSpan } from './types';

/** A failure with its place in the text of the reference file. */
export class PlacedError extends KerchunkError {
  constructor(
    code: ErrorCode,
    message: string,
    readonly span: TextSpan,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
  }
}
