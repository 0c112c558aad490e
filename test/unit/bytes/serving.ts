import { afterEach } from 'vitest';
import { HttpSource } from '../../../src/bytes/http';
import type { RetryPolicy } from '../../../src/bytes/retry';
import type { RequestTrace } from '../../../src/bytes/source';
import { type Handler, type ServerOptions, startServer, type TestServer } from '../../support/servers';

const running: TestServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** Starts a server that is closed after the test. */
export async function server(what: Handler | ServerOptions): Promise<TestServer> {
  const started = await startServer(what);
  running.push(started);
  return started;
}

/** A policy whose waits take no time worth mentioning. */
export const quick: Partial<RetryPolicy> = { baseDelay: 1, maxDelay: 2, inactivity: 10_000 };

/** A source for `/a.tif` of a server, with the requests it reports. */
export function sourceOf(
  started: TestServer,
  retry: Partial<RetryPolicy> = {},
): { source: HttpSource; traces: RequestTrace[] } {
  const traces: RequestTrace[] = [];
  const source = new HttpSource(`${started.url}/a.tif`, {
    onRequest: (trace) => traces.push(trace),
    retry: { ...quick, ...retry },
  });
  return { source, traces };
}

/** The Range headers that a server saw, in order. */
export function ranges(started: TestServer): string[] {
  return started.requests.map((request) => request.range);
}
