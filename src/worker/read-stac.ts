import { KerchunkError } from '../errors';
import type { JsonValue } from '../json';
import { filesOfItems } from '../stack/inputs';
import { readStac } from '../stack/stac';
import type { SetFile } from '../stack/types';

/** The TIFFs that STAC names, and how many items there are. */
export interface StacFiles {
  files: SetFile[];
  items: number;
  warnings: string[];
}

/**
 * The TIFFs of a STAC Item or ItemCollection. @param base its address or absolute path.
 * @throws KerchunkError `not-json`, and what readStac and filesOfItems throw.
 */
export function readStacFiles(text: Uint8Array, base: string): StacFiles {
  const { items, warnings } = readStac(parse(new TextDecoder().decode(text), base), base);
  return { files: filesOfItems(items), items: items.length, warnings };
}

function parse(text: string, base: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new KerchunkError('not-json', `${base} begins as JSON and is none: ${reason}.`, { cause: error });
  }
}
