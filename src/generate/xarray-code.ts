/** What the code that opens a file depends on. */
export interface CodeOptions {
  targetUrl: string;
  /** Whether a codec of imagecodecs is needed. */
  imagecodecs: boolean;
  /** Whether levels stand in groups. */
  groups: boolean;
}

/** Python that opens the reference file with xarray. `file` is its path, or its address. */
export function xarrayCode(file: string, { targetUrl, imagecodecs, groups }: CodeOptions): string {
  return [
    ...openingCode(file, { targetUrl, imagecodecs, group: groups ? '0' : '' }),
    ...(groups ? ['# reference://0 is the full resolution, reference://1 the largest overview, and so on'] : []),
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
 * A group is opened as the root of `reference://0`: kerchunk's engine and xarray's `group=` list a group's arrays at `/0`, where
 * fsspec's reference file system, under zarr-python 3, finds none, and the dataset comes out empty without an error.
 */
function openingCode(
  file: string,
  { targetUrl, imagecodecs, group }: Omit<CodeOptions, 'groups'> & { group: string },
): string[] {
  const protocol = /^([a-z][a-z0-9+.-]*):/iu.exec(targetUrl)?.[1]?.toLowerCase() ?? 'file';
  const anonymous = ['s3', 'gs', 'az', 'abfs'].includes(protocol)
    ? `, "remote_options": {${anonymousOption(protocol)}}`
    : '';
  const remote = `"remote_protocol": "${protocol}"${anonymous}`;
  const name = JSON.stringify(file);
  const call =
    group === ''
      ? [`    ${name},`, '    engine="kerchunk",', `    backend_kwargs={"storage_options": {${remote}}},`]
      : [
          `    ${JSON.stringify(`reference://${group}`)},`,
          '    engine="zarr",',
          '    consolidated=False,',
          `    backend_kwargs={"storage_options": {"fo": ${name}, ${remote}}},`,
        ];
  return [
    ...(imagecodecs ? ['import imagecodecs.numcodecs'] : []),
    'import xarray as xr',
    '',
    ...(imagecodecs ? ['imagecodecs.numcodecs.register_codecs()'] : []),
    'ds = xr.open_dataset(',
    ...call,
    ')',
  ];
}

function anonymousOption(protocol: string): string {
  return protocol === 'gs' ? '"token": "anon"' : '"anon": True';
}
