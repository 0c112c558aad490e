import { throwIfCancelled } from '../bytes/cancel';

/** How many at once. */
export interface Concurrency {
  perHost: number;
  total: number;
}

/**
 * Runs `work` for every address: so many at once for each host, and so many for all of them together, in their order.
 * @throws what `work` throws, as soon as what runs has ended; KerchunkError `cancelled`.
 */
export async function eachByHost(
  addresses: Iterable<string>,
  { perHost, total }: Concurrency,
  work: (address: string) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const queues = new Map<string, string[]>();
  for (const address of addresses) {
    const host = hostOf(address);
    const queue = queues.get(host);
    if (queue === undefined) queues.set(host, [address]);
    else queue.push(address);
  }
  // A lane works through a host's addresses; hosts take turns, so that a slow one does not keep the others waiting.
  const lanes: Iterator<string>[] = [];
  const lists = [...queues.values()].map((queue) => ({
    values: queue.values(),
    lanes: Math.min(perHost, queue.length),
  }));
  for (let turn = 0; turn < perHost; turn++) {
    for (const { values, lanes: most } of lists) if (turn < most) lanes.push(values);
  }
  const waiting = lanes.values();
  let hasFailed = false;
  const run = async (): Promise<void> => {
    for (const lane of waiting) {
      while (!hasFailed) {
        const next = lane.next();
        if (next.done === true) break;
        try {
          throwIfCancelled(signal);
          await work(next.value);
        } catch (error) {
          hasFailed = true;
          throw error;
        }
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(total, lanes.length) }, run));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** The scheme and host of an address; the bucket of an object store; '' for a path. */
function hostOf(address: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]*/iu.exec(address)?.[0].toLowerCase() ?? '';
}
