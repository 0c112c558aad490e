import { displayAddress, publicAddress } from '../bytes/address';
import { KerchunkError } from '../errors';
import { parseInstant } from './instant';
import { checkName, GRID_NAMES } from './names';
import { BAND_FIELD, type NamePattern } from './pattern';
import type { StacItem } from './stac';
import type { SetFile } from './types';
import { plural } from '../words';

/** The addresses that references carry of files in a store (s3:, gs:, az:): those at which anybody reads them by https, or as they were given. */
export type Targets = 'public' | 'given';

/** A file given by its own address. @param label how the user named it. @throws KerchunkError `invalid-argument` for an address that nothing here reads. */
export function fileOfAddress(url: string, label: string, targets: Targets = 'public'): SetFile {
  const address = publicAddress(url);
  return { url: address, target: targets === 'given' ? url : address, label: displayAddress(label), names: [] };
}

/**
 * The files without those that were given before, for the same variable and scene, and a sentence on these: wildcards may fit a file twice, and pages
 * of a search may hold an item twice. A TIFF that an item names too counts as the item says.
 */
export function withoutRepeated(files: readonly SetFile[]): { files: SetFile[]; warnings: string[] } {
  const found = new Map<string, SetFile>();
  const repeated = new Set<string>();
  const ofItems = new Set(files.filter(({ asset }) => asset !== undefined).map(({ url }) => url));
  for (const file of files) {
    if (file.asset === undefined && ofItems.has(file.url)) {
      repeated.add(file.label);
      continue;
    }
    const key = JSON.stringify([file.url, file.asset ?? null, file.place === undefined ? null : String(file.place)]);
    const known = found.get(key);
    if (known === undefined) found.set(key, file);
    else repeated.add(known.label);
  }
  const [first] = repeated;
  const more = repeated.size > 1 ? ` and ${plural(repeated.size - 1, 'other file')}` : '';
  return {
    files: [...found.values()],
    warnings: first === undefined ? [] : [`${first}${more}: given more than once, and taken once.`],
  };
}

/**
 * The TIFFs of STAC items, each with what its item says of it. @throws KerchunkError `invalid-argument` for a `datetime` that is none, and for an asset at
 * an address that nothing here reads.
 */
export function filesOfItems(items: readonly StacItem[], targets: Targets = 'public'): SetFile[] {
  return items.flatMap(({ id, time, assets }) => {
    const place = time === undefined ? undefined : parseInstant(time);
    if (time !== undefined && place === undefined) {
      throw new KerchunkError(
        'invalid-argument',
        `The STAC item ${id} has the datetime "${time}", which is no date of RFC 3339. Correct it.`,
      );
    }
    return assets.map(({ key, url, names, facts }) => ({
      ...fileOfAddress(url, `${id} ${key}`, targets),
      names,
      asset: key,
      facts,
      ...(place === undefined ? {} : { place }),
    }));
  });
}

/** Files with what a pattern takes from their names, in place of what was known before. @throws KerchunkError as NamePattern.match and checkName do. */
export function withPattern(files: readonly SetFile[], pattern: NamePattern): SetFile[] {
  const { dimension } = pattern;
  const taken = new Set([...GRID_NAMES, ...(dimension === undefined ? [] : [dimension])]);
  return files.map((file) => {
    const values = pattern.match(decoded(displayAddress(file.url).replace(/[?#].*$/u, '')));
    const band = values.get(BAND_FIELD);
    if (band !== undefined) checkName(String(band), taken, file.label);
    const place = dimension === undefined ? undefined : values.get(dimension);
    return {
      ...file,
      ...(band === undefined ? {} : { names: [String(band)] }),
      ...(place === undefined ? {} : { place }),
    };
  });
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
