import { KerchunkError } from '../errors';

/** The error of an operation that its AbortSignal stopped. */
export function cancelled(): KerchunkError {
  return new KerchunkError('cancelled', 'Cancelled.');
}

/** @throws KerchunkError `cancelled` where the signal has already fired. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancelled();
}

/** What to run when a signal fires: one listener for each signal, since Node warns of a leak when a signal has more than ten. */
const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Runs `callback` once when the signal fires, which must not have happened yet; returns what takes it back. Any number of callers
 * may wait for the same signal.
 */
export function onCancel(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (signal === undefined) return () => undefined;
  const waiting = callbacks.get(signal) ?? listenTo(signal);
  waiting.add(callback);
  return () => waiting.delete(callback);
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>();
  const runAll = (): void => {
    for (const run of waiting) run();
  };
  signal.addEventListener('abort', runAll, { once: true });
  callbacks.set(signal, waiting);
  return waiting;
}

/**
 * Waits `milliseconds`.
 * @throws KerchunkError `cancelled` as soon as the signal fires.
 */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    throwIfCancelled(signal);
    const timer = setTimeout(() => {
      takeBack();
      resolve();
    }, milliseconds);
    const takeBack = onCancel(signal, () => {
      clearTimeout(timer);
      reject(cancelled());
    });
  });
}
