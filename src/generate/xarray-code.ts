import { argument } from './python-code';
import { importLines, type OpenedFile, storageOptionsOf } from './storage-options';

/** What the code that opens a file depends on. */
export interface CodeOptions {
  targetUrl: string;
  /** Whether a codec of imagecodecs is needed. */
  imagecodecs: boolean;
  /** Whether levels stand in groups. */
  groups: boolean;
  /** Whether the arrays are of zarr v3, which kerchunk's engine does not open. */
  zarr3?: boolean;
}

/** Python that opens the reference file with xarray, in lines as the formatter black breaks them. `path` is its path, or its address. */
export function xarrayCode(path: string, { targetUrl, imagecodecs, groups }: Omit<CodeOptions, 'zarr3'>): string {
  return [
    ...openingCode({ path }, { targetUrl, imagecodecs, group: groups ? '0' : '' }),
    ...(groups
      ? [
          '# reference://0 is the full resolution, reference://1 the largest overview, and so on;',
          '# xr.open_datatree of "reference://", without consolidated=False, opens them all.',
        ]
      : []),
    '',
  ].join('\n');
}

/** Python that opens the array at `path`, in whatever group it stands. */
export function xarrayCodeOf(file: OpenedFile, path: string, options: Omit<CodeOptions, 'groups'>): string {
  const slash = path.lastIndexOf('/');
  const code = openingCode(file, { ...options, group: path.slice(0, Math.max(0, slash)) });
  return [...code, `array = ds[${JSON.stringify(path.slice(slash + 1))}]`, ''].join('\n');
}

/** Python that opens the group at `group`, '' for the root, with xarray. */
export function xarrayCodeOfGroup(file: OpenedFile, group: string, options: Omit<CodeOptions, 'groups'>): string {
  return [...openingCode(file, { ...options, group }), ''].join('\n');
}

/** As `xarrayCodeOfGroup` of the first of these groups, with the others named below it. */
export function xarrayCodeOfGroups(
  file: OpenedFile,
  [first = '', ...others]: readonly string[],
  options: Omit<CodeOptions, 'groups'>,
): string {
  const code = xarrayCodeOfGroup(file, first, options);
  if (others.length === 0) return code;
  const named = others.slice(0, NAMED).map((path) => `reference://${path}`);
  const more = others.length > NAMED ? ', …' : '';
  return `${code}# The other groups: ${named.join(', ')}${more};\n# xr.open_datatree of "reference://", without consolidated=False, opens them all.\n`;
}

/** Groups that are named beside the one that is opened. */
const NAMED = 8;

/**
 * The lines that open a group as `ds`.
 *
 * A group is opened as the root of `reference://0`: kerchunk's engine turns consolidated metadata off, and without it fsspec's reference
 * file system, under zarr-python 3, finds no array in a group, and the dataset comes out empty without an error. So is zarr v3, for which that
 * engine cannot be told to look (kerchunk, xarray_backend.py).
 */
function openingCode(
  file: OpenedFile,
  { targetUrl, imagecodecs, group, zarr3 = false }: Omit<CodeOptions, 'groups'> & { group: string },
): string[] {
  const asReference = group !== '' || zarr3;
  const { storageOptions, isAsynchronous } = storageOptionsOf(file, targetUrl, asReference);
  return [
    ...importLines(['import xarray as xr', ...(isAsynchronous ? ['import zarr'] : [])], {
      imagecodecs,
      zarr3,
      isAsynchronous,
    }),
    'ds = xr.open_dataset(',
    `    ${JSON.stringify(asReference ? `reference://${group}` : file.path)},`,
    `    engine=${asReference ? '"zarr"' : '"kerchunk"'},`,
    ...(asReference ? ['    consolidated=False,'] : []),
    ...argument('backend_kwargs=', { storage_options: storageOptions }, '    '),
    ')',
  ];
}
