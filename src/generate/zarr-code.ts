import { argument } from './python-code';
import { importLines, type OpenedFile, storageOptionsOf } from './storage-options';
import type { CodeOptions } from './xarray-code';

/** Python that opens the array or group at `path`, '' for the root, with zarr-python 2 or 3; lines as the formatter black breaks them. */
export function zarrCodeOf(
  file: OpenedFile,
  path: string,
  kind: 'array' | 'group',
  { targetUrl, imagecodecs, zarr3 = false }: Omit<CodeOptions, 'groups'>,
): string {
  const { storageOptions, isAsynchronous } = storageOptionsOf(file, targetUrl, true);
  return [
    ...importLines(['import zarr'], { imagecodecs, zarr3, isAsynchronous }),
    `${kind} = zarr.open_${kind}(`,
    `    ${JSON.stringify(`reference://${path}`)},`,
    '    mode="r",',
    ...argument('storage_options=', storageOptions, '    '),
    ')',
    '',
  ].join('\n');
}
