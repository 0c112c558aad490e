import { KerchunkError } from '../errors';

/** The error of an operation that its AbortSignal stopped. */
export function cancelled(): KerchunkError {
  return new KerchunkError('cancelled', 'Cancelled.');
}

/** @throws KerchunkError `cancelled` where the signal has already fired. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancelled();
}

/**
 * Waits `milliseconds`.
 * @throws KerchunkError `cancelled` as soon as the signal fires.
 */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(cancelled());
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(cancelled());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
