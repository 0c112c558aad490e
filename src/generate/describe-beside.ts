import type { ByteSource } from '../bytes/source';
import { describeError, KerchunkError, NotFoundError } from '../errors';
import { BESIDE, withMaskBeside, withOverviewsBeside, withWarning } from '../tiff/beside';
import { describeTiff } from '../tiff/describe';
import type { TiffDescription } from '../tiff/types';

/**
 * Opens the file beside the TIFF that has its name and an ending, to be asked whether it is there; 'there' for one that is, and is not to be
 * read.
 */
export type OpenBeside = (ending: string) => ByteSource | 'there' | undefined;

/**
 * A TIFF with what stands beside it, in files that have its name and `.ovr` or `.msk`. One that cannot be read is said and left out: the
 * TIFF is there without it. That there is no mask is not said.
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
  return mask === undefined ? found : withMask(found, mask, options);
}

async function withOverviews(
  tiff: TiffDescription,
  source: ByteSource | 'there',
  options: { signal?: AbortSignal },
): Promise<TiffDescription> {
  if (source === 'there') {
    return withWarning(
      tiff,
      `Overviews stand beside the file (${BESIDE.overviews}); they are not read where none are written.`,
    );
  }
  try {
    return withOverviewsBeside(tiff, await describeTiff(source, options));
  } catch (error) {
    rethrowCancelled(error);
    if (error instanceof NotFoundError) return withWarning(tiff, `There is no ${BESIDE.overviews} beside it.`);
    const warning = `The file of overviews beside the TIFF (${BESIDE.overviews}) is left out: ${describeError(error, 'fetch-failed').message}`;
    return withWarning(tiff, warning);
  }
}

async function withMask(
  tiff: TiffDescription,
  source: ByteSource | 'there',
  { signal }: { signal?: AbortSignal },
): Promise<TiffDescription> {
  try {
    return source === 'there' || (await source.read(0, 1, signal)).length > 0 ? withMaskBeside(tiff) : tiff;
  } catch (error) {
    rethrowCancelled(error);
    if (error instanceof NotFoundError) return tiff;
    return withWarning(
      tiff,
      `Whether a mask stands beside the TIFF (${BESIDE.mask}) is not known: ${describeError(error, 'fetch-failed').message}`,
    );
  }
}

function rethrowCancelled(error: unknown): void {
  if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
}
