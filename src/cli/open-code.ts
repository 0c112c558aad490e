import { xarrayCodeOfGroups } from '../generate/xarray-code';
import type { OutputForm } from '../manifest/forms';
import type { Manifest } from '../manifest/types';
import { groupOf } from '../zarr/path';

/**
 * Python that opens a written set with xarray: its root, or the first group that holds arrays; undefined where it holds none.
 * @param file how the code names it. @param gen whether it has items of `gen`.
 */
export function openCodeOf({ arrays }: Manifest, file: string, { gzip }: OutputForm, gen: boolean): string | undefined {
  if (arrays.length === 0) return undefined;
  const groups = [...new Set(arrays.map(({ array }) => groupOf(array.path)))].sort((a, b) => depth(a) - depth(b));
  return xarrayCodeOfGroups({ path: file, gen, ...(gzip ? { compression: 'gzip' as const } : {}) }, groups, {
    targetUrl: firstUrl({ arrays }),
    imagecodecs: arrays.some(({ array }) => array.codecs.some(({ id }) => id.startsWith('imagecodecs_'))),
    zarr3: arrays.some(({ array }) => array.zarrFormat === 3),
  });
}

function depth(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}

function firstUrl({ arrays }: Pick<Manifest, 'arrays'>): string {
  for (const { entries } of arrays) {
    for (const [, entry] of entries()) if (entry.kind !== 'inline') return entry.url;
  }
  return '';
}
