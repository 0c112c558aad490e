import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import type { CheckContext } from './checks';
import { checkCodecChain } from './codec-chain';
import { checkCodecConfig } from './codec-config';
import { checkUncompressedLength } from './uncompressed-length';

/**
 * The codecs of a zarr v2 array: their configurations, where these are right how they connect, and where they do how long chunks are, so that a fault is told
 * once, where it is.
 */
export function checkCodecs(array: ZarrArray, { set, reporter }: CheckContext): void {
  if (array.zarrFormat !== 2) return;
  const key = keyBelow(array.path, '.zarray');
  if (!checkCodecConfig(key, array, reporter) || !checkCodecChain(key, array, reporter)) return;
  checkUncompressedLength(set, array, reporter);
}
