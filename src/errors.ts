/**
 * What went wrong, as a stable code. The first five are the failures that must never be mistaken for one another, nor for
 * fill values: an absent key is legal and reads as fill; the others are errors and say so.
 */
export type ErrorCode =
  | 'absent-key'
  | 'fetch-failed'
  | 'short-read'
  | 'decode-failed'
  | 'not-json'
  | 'malformed-reference'
  | 'malformed-metadata'
  | 'unsupported-codec'
  | 'not-a-tiff'
  | 'malformed-tiff'
  | 'not-expressible'
  /** As not-expressible, where leaving out the rows of the last strip is a way on, which the user may choose. */
  | 'short-last-strip'
  | 'invalid-argument'
  | 'limit-exceeded'
  | 'write-failed'
  /** Nothing is fetched in an untrusted workspace. */
  | 'restricted-mode'
  /** A local file outside the workspace, which the user has not allowed to be read. */
  | 'needs-permission'
  /** The worker was asked about a reference file that it does not hold, because it was started anew. */
  | 'not-open'
  | 'cancelled';

/** A failure that a person can act on: `message` says what happened, with the values at hand, and the next step. */
export class KerchunkError extends Error {
  override readonly name = 'KerchunkError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** There is no such file: `fetch-failed`, for those who look whether there is one. */
export class NotFoundError extends KerchunkError {
  constructor(message: string, options?: ErrorOptions) {
    super('fetch-failed', message, options);
  }
}

/** The file is another than the one that was read before: `fetch-failed`, for those who can begin anew with it as it is now. */
export class ChangedFileError extends KerchunkError {
  constructor(message: string, options?: ErrorOptions) {
    super('fetch-failed', message, options);
  }
}

/** The code and message of any thrown value; what is no KerchunkError keeps its own message under `fallback`. */
export function describeError(error: unknown, fallback: ErrorCode): { code: ErrorCode; message: string } {
  if (error instanceof KerchunkError) return { code: error.code, message: error.message };
  if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.' };
  return { code: fallback, message: error instanceof Error ? error.message : String(error) };
}
