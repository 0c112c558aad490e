/** What a fetch that gave no answer means, in words, and whether trying again makes sense. */
export interface NetworkFailure {
  message: string;
  transient: boolean;
}

/** A fetch that was rejected: with what, to which host, and whether anything was read from the same address before. */
export interface RejectedFetch {
  error: unknown;
  host: string;
  readBefore: boolean;
}

/** Whether an answer may lack headers that the server sent. Outside browsers nothing hides them. */
export function headersMayBeHidden(): boolean {
  return false;
}

const BROKEN =
  /ECONNRESET|EPIPE|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EAI_AGAIN|UND_ERR_(SOCKET|CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT)|ERR_(CONNECTION_RESET|CONNECTION_CLOSED|CONNECTION_ABORTED|CONNECTION_TIMED_OUT|TIMED_OUT|NETWORK_CHANGED|EMPTY_RESPONSE)/;
const UNKNOWN_HOST = /ENOTFOUND|ERR_NAME_NOT_RESOLVED/;
const REFUSED = /ECONNREFUSED|ERR_CONNECTION_REFUSED/;
/** What arrived is no TLS: an https address of a port that speaks http, most often. */
const NOT_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|ERR_SSL_PROTOCOL_ERROR|\bEPROTO\b/;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_SSL|ERR_TLS/;

/**
 * Explains a rejected fetch from the code that Node (`ECONNRESET`) or Electron (`net::ERR_CONNECTION_RESET`) gives.
 */
export function explainNetworkFailure({ error, host }: RejectedFetch): NetworkFailure {
  const detail = detailOf(error);
  if (UNKNOWN_HOST.test(detail)) {
    const message = `There is no host ${host} (${detail}). Check the address and the network connection.`;
    return { message, transient: false };
  }
  if (REFUSED.test(detail)) {
    const message = `${host} refuses connections (${detail}): no server listens there. Check the port and that the server runs.`;
    return { message, transient: false };
  }
  if (BROKEN.test(detail)) {
    const message = `The connection to ${host} broke before an answer came (${detail}). Check the network and try again.`;
    return { message, transient: true };
  }
  if (NOT_TLS.test(detail)) {
    const message = `${host} does not answer in https (${detail}). Check the port, or write http: where the server has no https.`;
    return { message, transient: false };
  }
  if (CERTIFICATE.test(detail)) {
    const message = `No secure connection to ${host} (${detail}). Check that it serves https and that its certificate is trusted here.`;
    return { message, transient: false };
  }
  return { message: `The request to ${host} failed: ${detail}. Check the address.`, transient: false };
}

/** Code and message of the innermost cause: fetch itself says no more than "fetch failed". OpenSSL's line of internals is left out. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return detailOf(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = /[0-9A-F]{8}:error:/iu.test(error.message) ? '' : error.message.trim();
  const detail =
    message !== '' && message.includes(code) ? message : [code, message].filter((part) => part !== '').join(': ');
  return detail === '' ? error.name : detail;
}
