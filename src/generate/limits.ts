import { KerchunkError } from '../errors';
import type { TiffImage } from '../tiff/types';
import { bytesInWords, countInWords } from '../words';
import { notExpressible, rewrite } from './refusal';

/** References of one file: so many take about 1 GiB while they are written and 400 MB of text, which is near the longest string there is. */
const MAX_REFERENCES = 4_000_000;

/** Chunks of one grid, whether they have bytes or not: each is looked at. */
const MAX_CHUNKS = 50_000_000;

/** Bytes of a decoded chunk: numcodecs and our own reader give up beyond 2 GiB. */
const MAX_CHUNK_BYTES = 2 ** 31;

/**
 * Refuses what no reader could use, before any reference is made.
 * @param chunks of the grid, and how many of them are `sparse`. @param name of the image, for messages.
 * @throws KerchunkError `limit-exceeded` for too many chunks, `not-expressible` for chunks that are too large.
 */
export function checkChunks(
  image: TiffImage,
  chunks: number,
  sparse: number,
  chunkShape: readonly number[],
  itemSize: number,
  name: string,
): void {
  if (chunks > MAX_CHUNKS) throw tooMany(chunks, name, image);
  checkReferences(chunks - sparse, name, image);
  const bytes = chunkShape.reduce((product, side) => product * side, itemSize);
  if (bytes <= MAX_CHUNK_BYTES) return;
  throw notExpressible(
    name,
    `each of its ${image.tiled ? 'tiles' : 'chunks of strips'} has ${bytesInWords(bytes)} when it is decoded, and readers decode up to ${bytesInWords(MAX_CHUNK_BYTES)}`,
    rewrite(image),
  );
}

/**
 * Refuses more references than one file can list.
 * @param references of one image, or of all that are written. @param name of the file or image, for messages.
 * @throws KerchunkError `limit-exceeded`.
 */
export function checkReferences(references: number, name: string, image: TiffImage): void {
  if (references > MAX_REFERENCES) throw tooMany(references, name, image);
}

function tooMany(chunks: number, name: string, image: TiffImage): KerchunkError {
  const why = image.tiled ? '' : ', because its strips have no larger part in common';
  return new KerchunkError(
    'limit-exceeded',
    `${name}: it would have ${countInWords(chunks)} chunks${why}; one reference file lists up to ${countInWords(MAX_REFERENCES)}. ${rewrite(image)}.`,
  );
}
