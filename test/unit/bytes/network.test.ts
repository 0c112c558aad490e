import { describe, expect, it } from 'vitest';
import { explainNetworkFailure as explainInNode, headersMayBeHidden } from '../../../src/bytes/network';
import { explainNetworkFailure as explainInBrowser } from '../../../src/bytes/network.web';

function rejected(code: string, message = ''): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}

describe('a fetch without an answer, outside browsers', () => {
  it.each([
    [
      rejected('ENOTFOUND', 'getaddrinfo ENOTFOUND example.com'),
      'There is no host example.com (getaddrinfo ENOTFOUND example.com)',
      false,
    ],
    [rejected('ECONNREFUSED'), 'refuses connections (ECONNREFUSED)', false],
    [rejected('ECONNRESET', 'read ECONNRESET'), 'broke before an answer came (read ECONNRESET)', true],
    [
      rejected('UND_ERR_SOCKET', 'other side closed'),
      'broke before an answer came (UND_ERR_SOCKET: other side closed)',
      true,
    ],
    [rejected('UND_ERR_CONNECT_TIMEOUT'), 'broke before an answer came', true],
    [rejected('EAI_AGAIN'), 'broke before an answer came', true],
    [rejected('CERT_HAS_EXPIRED', 'certificate has expired'), 'No secure connection to example.com', false],
    [rejected('DEPTH_ZERO_SELF_SIGNED_CERT'), 'No secure connection to example.com', false],
    [
      rejected(
        'ERR_SSL_WRONG_VERSION_NUMBER',
        '806C0476997F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version',
      ),
      'example.com does not answer in https (ERR_SSL_WRONG_VERSION_NUMBER). Check the port, or write http:',
      false,
    ],
    [
      rejected(
        'EPROTO',
        'write EPROTO 806C0476997F0000:error:0A0000C6:SSL routines:tls_get_more_records:packet length',
      ),
      'example.com does not answer in https (EPROTO).',
      false,
    ],
    [new Error('net::ERR_SSL_PROTOCOL_ERROR'), 'does not answer in https (net::ERR_SSL_PROTOCOL_ERROR)', false],
    [new Error('net::ERR_CONNECTION_RESET'), 'broke before an answer came', true],
    [new Error('net::ERR_NAME_NOT_RESOLVED'), 'There is no host example.com', false],
    [
      new TypeError('fetch failed', { cause: new Error('redirect count exceeded') }),
      'failed: redirect count exceeded',
      false,
    ],
    ['odd', 'failed: odd', false],
  ])('%s', (error, says, transient) => {
    const failure = explainInNode({ error, host: 'example.com', readBefore: false });
    expect(failure.message).toContain(says);
    expect(failure.transient).toBe(transient);
  });

  it('hides no headers', () => {
    expect(headersMayBeHidden()).toBe(false);
  });
});

describe('a fetch without an answer, in a browser', () => {
  const error = new TypeError('Failed to fetch');

  it('is most likely refused by CORS, of the host that is named, and is not tried again', () => {
    const failure = explainInBrowser({ error, host: 'example.com', readBefore: false });
    expect(failure.message).toContain('Most likely example.com does not allow web pages to read it (CORS)');
    expect(failure.message).toContain('Content-Range');
    expect(failure.transient).toBe(false);
  });

  it('is a broken connection once the same address was read', () => {
    const failure = explainInBrowser({ error, host: 'example.com', readBefore: true });
    expect(failure.message).toContain('broke');
    expect(failure.message).not.toContain('CORS');
    expect(failure.transient).toBe(true);
  });
});
