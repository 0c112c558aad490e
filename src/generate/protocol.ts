/** Packages beside fsspec that open an address, by its protocol (fsspec, registry.py). */
const packages: ReadonlyMap<string, string> = new Map([
  ['http', 'aiohttp'],
  ['https', 'aiohttp'],
  ['s3', 's3fs'],
  ['s3a', 's3fs'],
  ['gs', 'gcsfs'],
  ['gcs', 'gcsfs'],
  ['az', 'adlfs'],
  ['abfs', 'adlfs'],
  ['abfss', 'adlfs'],
]);

/** fsspec's protocol of an address, in small letters; `file` where it has no scheme. */
export function protocolOf(address: string): string {
  return /^([a-z][a-z0-9+.-]*):/iu.exec(address)?.[1]?.toLowerCase() ?? 'file';
}

/** The package that Python needs to open an address, beside fsspec; undefined where it needs none. */
export function packageFor(address: string): string | undefined {
  return packages.get(protocolOf(address));
}
