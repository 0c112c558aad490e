import { KerchunkError } from './errors';

/** Paths mean nothing in a browser: they are addresses seen from the page. */
export function addressOfPath(path: string): string {
  return new URL(path, globalThis.location.href).href;
}

/** Whether a folder stands at a `file:` address. */
export const isFolder: (url: string) => Promise<boolean> = () => Promise.resolve(false);

/** The whole file at a `file:` address. */
export const readLocalFile: (url: string, signal: AbortSignal) => Promise<Uint8Array> = (url) =>
  Promise.reject(new KerchunkError('invalid-argument', `${url}: a browser reads no local files. Give its bytes.`));

/** A file of the library itself. */
export async function readAsset(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new KerchunkError(
    'fetch-failed',
    `${url.href}: the server answered ${response.status}. Publish the library's folder assets beside it.`,
  );
}
