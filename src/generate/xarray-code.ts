/** What the code that opens a file depends on. */
export interface CodeOptions {
  targetUrl: string;
  /** Whether a codec of imagecodecs is needed. */
  imagecodecs: boolean;
  /** Whether levels stand in groups. */
  groups: boolean;
}

/** A literal or a dict of Python. */
type PythonValue = string | boolean | { readonly [key: string]: PythonValue };

/** What fsspec's file systems of S3, Google Cloud and Azure take for "without signing in", by all names of their protocols. */
const ANONYMOUS: ReadonlyMap<string, PythonValue> = new Map<string, PythonValue>([
  ...['s3', 's3a'].map((protocol) => [protocol, { anon: true }] as const),
  ...['gs', 'gcs'].map((protocol) => [protocol, { token: 'anon' }] as const),
  ...['az', 'abfs', 'abfss', 'adl'].map((protocol) => [protocol, { anon: true }] as const),
]);

/**
 * Python that opens the reference file with xarray, in lines as the formatter black breaks them. `file` is its path, or its address.
 *
 * A group is opened as the root of `reference://0`: kerchunk's engine turns consolidated metadata off, and without it fsspec's reference
 * file system, under zarr-python 3, finds no array in a group, and the dataset comes out empty without an error.
 */
export function xarrayCode(file: string, { targetUrl, imagecodecs, groups }: CodeOptions): string {
  const protocol = /^([a-z][a-z0-9+.-]*):/iu.exec(targetUrl)?.[1]?.toLowerCase() ?? 'file';
  const anonymous = ANONYMOUS.get(protocol);
  const remote = {
    remote_protocol: protocol,
    ...(anonymous === undefined ? {} : { remote_options: anonymous }),
  };
  const options = groups ? { fo: file, ...remote } : remote;
  return [
    ...(imagecodecs ? ['import imagecodecs.numcodecs'] : []),
    'import xarray as xr',
    '',
    ...(imagecodecs ? ['imagecodecs.numcodecs.register_codecs()'] : []),
    'ds = xr.open_dataset(',
    `    ${groups ? '"reference://0"' : JSON.stringify(file)},`,
    `    engine=${groups ? '"zarr"' : '"kerchunk"'},`,
    ...(groups ? ['    consolidated=False,'] : []),
    ...argument('backend_kwargs=', { storage_options: options }, '    '),
    ')',
    ...(groups
      ? [
          '# reference://0 is the full resolution, reference://1 the largest overview, and so on;',
          '# xr.open_datatree of "reference://", without consolidated=False, opens them all.',
        ]
      : []),
    '',
  ].join('\n');
}

/** Columns of a line, from black's default. */
const LINE = 88;

/** `name` and a value as black writes them with a trailing comma: on one line where it fits, else an entry a line. */
function argument(name: string, value: PythonValue, indent: string): string[] {
  const line = `${indent}${name}${literal(value)},`;
  if (line.length <= LINE || typeof value !== 'object') return [line];
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    argument(`${JSON.stringify(key)}: `, inner, `${indent}    `),
  );
  return [`${indent}${name}{`, ...entries, `${indent}},`];
}

function literal(value: PythonValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${literal(inner)}`);
  return `{${entries.join(', ')}}`;
}
