import type { ByteSource } from '../bytes/source';
import { describeError, KerchunkError } from '../errors';
import { BESIDE, withMaskBeside, withOverviewsBeside } from '../tiff/beside';
import { describeTiff } from '../tiff/describe';
import type { TiffDescription } from '../tiff/types';

/** Opens the file beside the TIFF that has its name and an ending, to be asked whether it is there. */
export type OpenBeside = (ending: string) => ByteSource | undefined;

/**
 * A TIFF with what stands beside it, in files that have its name and `.ovr` or `.msk`. One that cannot be read is said and left out: the
 * TIFF is there without it.
 * @throws KerchunkError `cancelled`.
 */
export async function describeBeside(
  tiff: TiffDescription,
  open: OpenBeside,
  signal?: AbortSignal,
): Promise<TiffDescription> {
  const options = signal === undefined ? {} : { signal };
  const overviews = open(BESIDE.overviews);
  const mask = open(BESIDE.mask);
  const found = overviews === undefined ? tiff : await withOverviews(tiff, overviews, options);
  return mask !== undefined && (await isThere(mask, options)) ? withMaskBeside(found) : found;
}

async function withOverviews(
  tiff: TiffDescription,
  source: ByteSource,
  options: { signal?: AbortSignal },
): Promise<TiffDescription> {
  try {
    return withOverviewsBeside(tiff, await describeTiff(source, options));
  } catch (error) {
    rethrowCancelled(error);
    const warning = `The file of overviews beside the TIFF (${BESIDE.overviews}) is left out: ${describeError(error, 'fetch-failed').message}`;
    return { ...tiff, warnings: [...(tiff.warnings ?? []), warning] };
  }
}

async function isThere(source: ByteSource, { signal }: { signal?: AbortSignal }): Promise<boolean> {
  try {
    return (await source.read(0, 1, signal)).length > 0;
  } catch (error) {
    rethrowCancelled(error);
    return false;
  }
}

function rethrowCancelled(error: unknown): void {
  if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
}
