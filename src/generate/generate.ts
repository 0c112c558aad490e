import { writeReferences } from '../references/write';
import type { TiffDescription } from '../tiff/types';
import type { StoredStrip } from './last-strip';
import { writeNotebook } from './notebook';
import { writePortable } from './portable';
import { readerVerdicts } from './readers';
import { relativeAddressWarning } from './relative-address';
import { signedAddressWarning } from './signed-address';
import type { GeneratedReferences, GenerateOptions, Preset } from './types';
import type { Writer } from './written';
import { xarrayCode } from './xarray-code';

const writers: Readonly<Record<Preset, Writer>> = { portable: writePortable, notebook: writeNotebook };

/** Pages that an account names one by one; of more it gives the number. */
const PAGES_NAMED = 10;

/**
 * The reference file of a TIFF, and the account of it. Nothing is read or written here.
 * @param strips what readLastStrips reads for these options.
 * @throws KerchunkError `not-expressible` for what zarr chunks cannot express, naming it and what the user can do, `short-last-strip` where leaving out the last
 * rows is one of these, `malformed-tiff`,
 * `limit-exceeded` for more chunks than one file can list, `invalid-argument` for a name that cannot be, `cancelled` where strips are written anew.
 */
export async function generateReferences(
  tiff: TiffDescription,
  options: GenerateOptions,
  strips: readonly StoredStrip[] = [],
  signal?: AbortSignal,
): Promise<GeneratedReferences> {
  const { entries, levels, codecs, nested, groups, warnings } = await writers[options.preset](
    tiff,
    options,
    strips,
    signal,
  );
  const { targetUrl, preset } = options;
  const version = options.refsVersion ?? (preset === 'notebook' ? 0 : 1);
  // Sums over rows are right where a chunk has one row.
  const wrong = codecs.has('delta') && levels.some(({ chunkShape }) => (chunkShape.at(-2) ?? 1) > 1);
  const imagecodecs = [...codecs].some((id) => id.startsWith('imagecodecs_'));
  const address = [relativeAddressWarning(targetUrl), signedAddressWarning(targetUrl)].filter(
    (text) => text !== undefined,
  );
  const unreadable = levels.reduce((sum, level) => sum + level.unreadable, 0);
  const masks = tiff.images.filter(({ kind }) => kind === 'mask');
  const pages = tiff.images.filter(({ kind, subIfd }) => kind === 'page' && subIfd === undefined);
  return {
    text: writeReferences(entries, { version, nested }),
    account: {
      preset,
      levels,
      overviewsLeftOut: tiff.levels.length - levels.length,
      masksLeftOut: masks.length + (tiff.maskBeside === true ? 1 : 0),
      pagesLeftOut: pages.length,
      pages: pages.slice(0, PAGES_NAMED).map(({ index, width, height }) => ({ ifd: index, width, height })),
      readers: readerVerdicts({ codecs, nested, inGroups: groups, targetUrl, wrong, unreadable }),
      warnings: [...address, ...(tiff.warnings ?? []), ...warnings],
      xarrayCode: (file) => xarrayCode(file, { targetUrl, imagecodecs, groups }),
    },
  };
}
