import { startServer, type TestServer } from '../support/servers';

/** Starts a server that gives `bytes` by ranges under every path; undefined in a host that can start none. */
export const serveBytes: ((bytes: Uint8Array) => Promise<TestServer>) | undefined = (bytes) =>
  startServer({ content: bytes });
