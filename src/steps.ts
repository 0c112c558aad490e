import { KerchunkError } from './errors';

/** Long work that stops now and then, every few milliseconds, so that whoever runs it can give others their turn, or end it. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Milliseconds of work between two turns of others: short enough that nobody notices that it is going on. */
const SLICE = 25;

/** Steps of a loop over rows between two stops: a power of two, less one. */
const ROWS = 0x3fff;

/** Whether a loop over rows stops at this one. */
export function isStop(row: number): boolean {
  return (row & ROWS) === ROWS;
}

/**
 * Does work at once.
 * @throws KerchunkError `cancelled` where the signal has fired before.
 */
export function runAtOnce<Result>(steps: Steps<Result>, signal?: AbortSignal): Result {
  for (;;) {
    throwIfCancelled(signal);
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/**
 * Does work in slices of 25 ms, between which everything else gets its turn: messages, signals, timers. `onTurn` is called before each.
 * @throws KerchunkError `cancelled` as soon as the signal has fired.
 */
export async function runInSlices<Result>(
  steps: Steps<Result>,
  signal?: AbortSignal,
  onTurn?: () => void,
): Promise<Result> {
  let start = performance.now();
  for (;;) {
    throwIfCancelled(signal);
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() - start < SLICE) continue;
    onTurn?.();
    await nextTurn();
    start = performance.now();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new KerchunkError('cancelled', 'Cancelled.');
}
