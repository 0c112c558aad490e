import { type Behaviour, startServer, type TestServer } from '../support/servers';

/**
 * Starts a server that gives `bytes` under every path, by ranges or as `behaviour` says; undefined in a host that can start none.
 */
export const serveBytes: ((bytes: Uint8Array, behaviour?: Behaviour) => Promise<TestServer>) | undefined = (
  bytes,
  behaviour = 'ranges',
) => startServer({ content: bytes, behaviour });
