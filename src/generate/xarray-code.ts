import { packageFor, protocolOf } from './protocol';

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

/** A name of Python, as it stands. */
class PythonName {
  constructor(readonly name: string) {}
}

/** A literal, a name or a dict of Python. */
type PythonValue = string | boolean | PythonName | { readonly [key: string]: PythonValue };

const ASYNCHRONOUS = new PythonName('asynchronous');

/** What fsspec's file systems of S3, Google Cloud and Azure take for "without signing in", by all names of their protocols. */
const ANONYMOUS: ReadonlyMap<string, Readonly<Record<string, PythonValue>>> = new Map<
  string,
  Readonly<Record<string, PythonValue>>
>([
  ...['s3', 's3a'].map((protocol) => [protocol, { anon: true }] as const),
  ...['gs', 'gcs'].map((protocol) => [protocol, { token: 'anon' }] as const),
  ...['az', 'abfs', 'abfss', 'adl'].map((protocol) => [protocol, { anon: true }] as const),
]);

/** Python that opens the reference file with xarray, in lines as the formatter black breaks them. `file` is its path, or its address. */
export function xarrayCode(file: string, { targetUrl, imagecodecs, groups }: Omit<CodeOptions, 'zarr3'>): string {
  return [
    ...openingCode(file, { targetUrl, imagecodecs, group: groups ? '0' : '' }),
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
export function xarrayCodeOf(file: string, path: string, options: Omit<CodeOptions, 'groups'>): string {
  const slash = path.lastIndexOf('/');
  const code = openingCode(file, { ...options, group: path.slice(0, Math.max(0, slash)) });
  return [...code, `array = ds[${JSON.stringify(path.slice(slash + 1))}]`, ''].join('\n');
}

/**
 * The lines that open a group as `ds`.
 *
 * A group is opened as the root of `reference://0`: kerchunk's engine turns consolidated metadata off, and without it fsspec's reference
 * file system, under zarr-python 3, finds no array in a group, and the dataset comes out empty without an error. So is zarr v3, for which that
 * engine cannot be told to look (kerchunk, xarray_backend.py).
 */
function openingCode(
  file: string,
  { targetUrl, imagecodecs, group, zarr3 = false }: Omit<CodeOptions, 'groups'> & { group: string },
): string[] {
  const asReference = group !== '' || zarr3;
  const protocol = protocolOf(targetUrl);
  // zarr 3 asks fsspec's reference file system asynchronously, whose targets must then be asked so too; zarr 2 cannot. kerchunk's engine sees to it.
  const isAsynchronous = asReference && packageFor(targetUrl) !== undefined;
  const remoteOptions = { ...ANONYMOUS.get(protocol), ...(isAsynchronous ? { asynchronous: ASYNCHRONOUS } : {}) };
  const remote = {
    remote_protocol: protocol,
    ...(Object.keys(remoteOptions).length === 0 ? {} : { remote_options: remoteOptions }),
  };
  const options = asReference ? { fo: file, ...remote } : remote;
  return [
    ...(imagecodecs && !zarr3 ? ['import imagecodecs.numcodecs'] : []),
    ...(imagecodecs && zarr3 ? ['import virtual_tiff  # brings the codecs of imagecodecs to zarr v3'] : []),
    'import xarray as xr',
    ...(isAsynchronous ? ['import zarr'] : []),
    '',
    ...(imagecodecs && !zarr3 ? ['imagecodecs.numcodecs.register_codecs(verbose=False)'] : []),
    ...(isAsynchronous ? ['asynchronous = zarr.__version__ >= "3"'] : []),
    'ds = xr.open_dataset(',
    `    ${JSON.stringify(asReference ? `reference://${group}` : file)},`,
    `    engine=${asReference ? '"zarr"' : '"kerchunk"'},`,
    ...(asReference ? ['    consolidated=False,'] : []),
    ...argument('backend_kwargs=', { storage_options: options }, '    '),
    ')',
  ];
}

/** Columns of a line, from black's default. */
const LINE = 88;

/** `name` and a value as black writes them with a trailing comma: on one line where it fits, else an entry a line. */
function argument(name: string, value: PythonValue, indent: string): string[] {
  const line = `${indent}${name}${literal(value)},`;
  if (line.length <= LINE || typeof value !== 'object' || value instanceof PythonName) return [line];
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    argument(`${JSON.stringify(key)}: `, inner, `${indent}    `),
  );
  return [`${indent}${name}{`, ...entries, `${indent}},`];
}

function literal(value: PythonValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof PythonName) return value.name;
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${literal(inner)}`);
  return `{${entries.join(', ')}}`;
}
