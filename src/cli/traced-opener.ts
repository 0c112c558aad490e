import { displayAddress } from '../bytes/address';
import { createOpener } from '../bytes/open';
import type { SourceOpener } from '../bytes/source';
import { bytesInWords, plural } from '../words';
import type { Terminal } from './terminal';

/** What reading cost so far. */
export interface RequestCost {
  requests: number;
  bytes: number;
}

/** An opener that counts requests in `cost`, and tells each where `trace` is set. */
export function tracedOpener(
  terminal: Pick<Terminal, 'tell'>,
  trace: boolean,
): { opener: SourceOpener; cost: RequestCost } {
  const cost: RequestCost = { requests: 0, bytes: 0 };
  const opener = createOpener({
    onRequest: ({ url, start, end, bytes }) => {
      cost.requests += 1;
      cost.bytes += bytes;
      if (trace) terminal.tell(`GET ${displayAddress(url)} bytes=${start}-${end}`);
    },
  });
  return { opener, cost };
}

/** `3 requests, 1.6 MiB read`. */
export function costInWords({ requests, bytes }: RequestCost): string {
  return `${plural(requests, 'request')}, ${bytesInWords(bytes)} read`;
}
