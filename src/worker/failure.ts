import { ChangedFileError, describeError, type ErrorCode, KerchunkError, NotFoundError } from '../errors';

/** Errors that are told apart by their class, which the channel does not keep. */
const CLASSES = { 'not-found': NotFoundError, changed: ChangedFileError };

/** Why something did not come, as it goes through the channel. */
export interface FailureMessage {
  code: ErrorCode;
  message: string;
  kind?: keyof typeof CLASSES;
}

/** Any thrown value as plain data; what is no KerchunkError goes under `fallback`. */
export function failureOf(error: unknown, fallback: ErrorCode): FailureMessage {
  const failure = describeError(error, fallback);
  if (error instanceof NotFoundError) return { ...failure, kind: 'not-found' };
  return error instanceof ChangedFileError ? { ...failure, kind: 'changed' } : failure;
}

/** What was thrown at the other end. */
export function errorOf({ code, message, kind }: FailureMessage): KerchunkError {
  return kind === undefined ? new KerchunkError(code, message) : new CLASSES[kind](message);
}
