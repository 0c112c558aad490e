import { type ErrorCode, KerchunkError } from '../errors';
import { sleep, throwIfCancelled } from './cancel';

/** How often and how patiently a request is tried again. Times are in milliseconds. */
export interface RetryPolicy {
  /** Requests at most, the first included. */
  attempts: number;
  /** Wait before the second attempt; doubles for each further one. The actual wait is a random half to whole of it. */
  baseDelay: number;
  /** The longest of these waits. */
  maxDelay: number;
  /** The longest wait that a Retry-After header can ask for; a longer one is cut to this. */
  maxRetryAfter: number;
  /** How long a server may say nothing, before its answer or in the middle of it. */
  inactivity: number;
  /** No attempt begins later than this after the first. */
  total: number;
  /** Bytes per second below which an answer is given up: an attempt may take `inactivity` + length / slowest seconds. */
  slowest: number;
  /** A number in [0, 1). */
  random: () => number;
  /** Waits, and rejects with `cancelled` when the signal fires. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

const defaults: RetryPolicy = {
  attempts: 4,
  baseDelay: 500,
  maxDelay: 8_000,
  maxRetryAfter: 20_000,
  inactivity: 30_000,
  total: 90_000,
  slowest: 8_192,
  random: Math.random,
  sleep,
};

/** The default policy with some of its values replaced. */
export function retryPolicy(changes: Partial<RetryPolicy> = {}): RetryPolicy {
  return { ...defaults, ...changes };
}

/** A failure that may pass: a busy server, a broken connection. `retryAfter` is the wait, in ms, that the server asked for. */
export class TransientError extends KerchunkError {
  constructor(
    code: ErrorCode,
    message: string,
    readonly retryAfter?: number,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
  }
}

/**
 * Runs `attempt`, given its number from 1, until it succeeds, fails for good, or the policy is exhausted.
 * @throws KerchunkError of the last attempt, with the number of tries in its message, or `cancelled`.
 */
export async function retrying<T>(
  attempt: (number: number) => Promise<T>,
  policy: RetryPolicy,
  signal?: AbortSignal,
): Promise<T> {
  const begin = Date.now();
  for (let number = 1; ; number++) {
    throwIfCancelled(signal);
    try {
      return await attempt(number);
    } catch (error) {
      if (!(error instanceof TransientError)) throw error;
      const wait = delayAfter(number, error.retryAfter, policy);
      if (number >= policy.attempts || Date.now() - begin + wait > policy.total) throw givenUp(error, number);
      await policy.sleep(wait, signal);
    }
  }
}

function givenUp(error: TransientError, tries: number): KerchunkError {
  const times = tries === 1 ? 'Tried once.' : `Tried ${tries} times.`;
  return new KerchunkError(error.code, `${error.message} ${times}`, { cause: error });
}

/** Exponential backoff with jitter, or what the server asked for where that is longer. */
function delayAfter(number: number, retryAfter: number | undefined, policy: RetryPolicy): number {
  const backoff = Math.min(policy.baseDelay * 2 ** (number - 1), policy.maxDelay);
  const jittered = backoff * (0.5 + policy.random() / 2);
  return Math.max(jittered, Math.min(retryAfter ?? 0, policy.maxRetryAfter));
}

/**
 * Milliseconds that a Retry-After header asks to wait from `now` (ms since 1970): seconds or an HTTP date, RFC 9110 section
 * 10.2.3; undefined for no header or an unreadable one.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
