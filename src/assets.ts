import { KerchunkError } from './errors';

/** Reads one file that ships beside the bundles (a wasm decoder, the EPSG table) by its name in `dist/assets/`. */
export type AssetLoader = (name: string) => Promise<Uint8Array>;

let loader: AssetLoader | undefined;
const loaded = new Map<string, Promise<Uint8Array>>();

/** Says where assets come from; each entry point (host, worker, CLI, tests) calls it once before anything is decoded. */
export function provideAssets(from: AssetLoader): void {
  loader = from;
  loaded.clear();
}

/**
 * The bytes of an asset, read when first asked for and kept; a read that failed is tried again at the next call.
 * @throws KerchunkError `invalid-argument` when no entry point has said where assets come from.
 */
export function loadAsset(name: string): Promise<Uint8Array> {
  let bytes = loaded.get(name);
  if (bytes === undefined) {
    if (loader === undefined) {
      return Promise.reject(new KerchunkError('invalid-argument', `No place is known to load ${name} from.`));
    }
    bytes = loader(name);
    loaded.set(name, bytes);
    bytes.catch(() => loaded.delete(name));
  }
  return bytes;
}
