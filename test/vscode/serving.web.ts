import type { Behaviour, TestServer } from '../support/servers';

/**
 * Starts a server that gives `bytes` under every path, by ranges or as `behaviour` says; undefined in a host that can start none.
 */
export const serveBytes: ((bytes: Uint8Array, behaviour?: Behaviour) => Promise<TestServer>) | undefined = undefined;
