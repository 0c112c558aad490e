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
  const protocol = /^([a-z][a-z0-9+.-]*):/iu.exec(targetUrl)?.[1]?.toLowerCase() ?? 'file';
  const anonymous = ['s3', 'gs', 'az', 'abfs'].includes(protocol)
    ? `, "remote_options": {${anonymousOption(protocol)}}`
    : '';
  const options = [`"storage_options": {"remote_protocol": "${protocol}"${anonymous}}`];
  if (groups) options.push('"open_dataset_options": {"group": "0"}');
  return [
    ...(imagecodecs ? ['import imagecodecs.numcodecs'] : []),
    'import xarray as xr',
    '',
    ...(imagecodecs ? ['imagecodecs.numcodecs.register_codecs()'] : []),
    'ds = xr.open_dataset(',
    `    ${JSON.stringify(file)},`,
    '    engine="kerchunk",',
    `    backend_kwargs={${options.join(', ')}},`,
    ')',
    ...(groups ? ['# group "0" is the full resolution, "1" the largest overview, and so on'] : []),
    '',
  ].join('\n');
}

function anonymousOption(protocol: string): string {
  return protocol === 'gs' ? '"token": "anon"' : '"anon": True';
}
