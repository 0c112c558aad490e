import { throwIfCancelled } from './bytes/cancel';

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
 * Does work in slices of 25 ms, between which everything else gets its turn: messages, signals, timers.
 * @throws KerchunkError `cancelled` as soon as the signal has fired.
 */
export async function runInSlices<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
  const giveWay = turns(signal);
  for (;;) {
    await giveWay();
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/**
 * What a long loop of asynchronous work awaits now and then: it gives others their turn where 25 ms have passed since they had it last.
 * @throws KerchunkError `cancelled` as soon as the signal has fired, from the function that it returns.
 */
export function turns(signal: AbortSignal | undefined): () => Promise<void> {
  let start = performance.now();
  return async () => {
    throwIfCancelled(signal);
    if (performance.now() - start < SLICE) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    throwIfCancelled(signal);
    start = performance.now();
  };
}
