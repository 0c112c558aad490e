import { publicAddress } from '../bytes/address';
import { fileUrlToPath, pathToFileUrl } from '../bytes/file-url';
import { KerchunkError } from '../errors';

/** The command that fetches the bytes `start` to `end`, inclusive, of an address, in a shell or in PowerShell; all of it where `end` is null. */
export function curlCommand(url: string, start: number, end: number | null): string {
  const range = end === null ? '' : ` --range ${start}-${end}`;
  return `curl --fail --location${range} --output chunk.bin ${quoted(curlAddress(url))}`;
}

function curlAddress(url: string): string {
  try {
    const address = publicAddress(url);
    return address.startsWith('file:') ? pathToFileUrl(fileUrlToPath(address)) : address;
  } catch (error) {
    // An address that nothing here can read is given as it stands.
    if (error instanceof KerchunkError) return url;
    throw error;
  }
}

/** In double quotes, which every shell has; in single ones where a shell would change what stands in double quotes. */
function quoted(text: string): string {
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
