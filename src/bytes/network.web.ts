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

/** Whether an answer may lack headers that the server sent: a browser hides those that CORS does not expose. */
export function headersMayBeHidden(): boolean {
  return true;
}

/**
 * Explains a rejected fetch. A browser never tells why; as long as nothing was ever read from the address, CORS is the
 * likeliest reason and trying again is useless, while afterwards only the connection can have broken.
 */
export function explainNetworkFailure({ host, readBefore }: RejectedFetch): NetworkFailure {
  if (readBefore) {
    return { message: `The connection to ${host} broke. Check the network and try again.`, transient: true };
  }
  return {
    message:
      `The browser got no answer from ${host} and does not say why. Most likely ${host} does not allow web pages to read it (CORS): ` +
      'it must send Access-Control-Allow-Origin, allow the Range header and expose Content-Range. Desktop VS Code has no such limit. ' +
      'Otherwise the host is down or its name is wrong.',
    transient: false,
  };
}
