import { publicAddress } from '../bytes/address';
import { fileUrlToPath, pathToFileUrl } from '../bytes/file-url';
import { KerchunkError } from '../errors';

/**
 * The command that fetches the bytes `start` to `end`, inclusive, of an address; all of it where `end` is null. The address stands in double
 * quotes and holds nothing that a shell or PowerShell would change there, nor curl's own patterns: such characters are percent-encoded.
 */
export function curlCommand(url: string, start: number, end: number | null): string {
  const range = end === null ? '' : ` --range ${start}-${end}`;
  return `curl --fail --location${range} --output chunk.bin "${harmless(curlAddress(url))}"`;
}

function curlAddress(url: string): string {
  try {
    const address = publicAddress(url);
    return address.startsWith('file:') ? pathToFileUrl(fileUrlToPath(address)) : new URL(address).href;
  } catch (error) {
    // An address that nothing here can read is given as it stands.
    if (error instanceof KerchunkError || error instanceof TypeError) return url;
    throw error;
  }
}

/** Brackets are left to addresses of hosts, where they stand around an IPv6 address. */
function harmless(address: string): string {
  const [, host = '', rest = ''] = /^([a-z]+:\/\/[^/?#]*)?(.*)$/isu.exec(address) ?? [];
  return encoded(host, /[^\w.~:@&()*+,;=%[\]/-]/gu) + encoded(rest, /[^\w.~:/?#@&()*+,;=%-]/gu);
}

function encoded(text: string, characters: RegExp): string {
  return text.replace(characters, (character) =>
    Array.from(
      new TextEncoder().encode(character),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  );
}
