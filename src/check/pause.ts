import { sleep } from '../bytes/cancel';

/** Chunks that are looked at before others get their turn. */
const STEPS = 20_000;

/**
 * Gives way now and then in a long walk, so that it can be cancelled and does not block what runs beside it.
 * @throws KerchunkError `cancelled`, from the function that it returns.
 */
export function pauses(signal: AbortSignal | undefined): () => Promise<void> {
  let steps = 0;
  return async () => {
    steps += 1;
    if (steps % STEPS === 0) await sleep(0, signal);
  };
}
