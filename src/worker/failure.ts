import { describeError, type ErrorCode, KerchunkError, NotFoundError } from '../errors';

/** Why something did not come, as it goes through the channel. */
export interface FailureMessage {
  code: ErrorCode;
  message: string;
  /** There is no such file (`NotFoundError`). */
  notFound?: true;
}

/** Any thrown value as plain data; what is no KerchunkError goes under `fallback`. */
export function failureOf(error: unknown, fallback: ErrorCode): FailureMessage {
  return { ...describeError(error, fallback), ...(error instanceof NotFoundError ? { notFound: true } : {}) };
}

/** What was thrown at the other end. */
export function errorOf({ code, message, notFound }: FailureMessage): KerchunkError {
  return notFound === true ? new NotFoundError(message) : new KerchunkError(code, message);
}
