import type { Compression } from '../compression';
import { packageFor, protocolOf } from './protocol';
import { PythonName, type PythonValue } from './python-code';

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

/** The reference file that code opens: its path, or its address, and what fsspec must be told of it. */
export interface OpenedFile {
  path: string;
  compression?: Compression | undefined;
  /** Whether it has items of `gen`, which fsspec 2026.6.0 and later makes only where it is told. */
  gen?: boolean;
}

/**
 * What fsspec's reference file system is told to read a reference file by; with `fo`, the file itself, where it is asked for by `reference://`.
 * `target_options` go to fsspec's opening of that file, which takes a compressed one for text unless it is told.
 * `isAsynchronous`: they name `asynchronous`, which the code must set (see importLines).
 */
export function storageOptionsOf(
  { path, compression, gen = false }: OpenedFile,
  targetUrl: string,
  asReference: boolean,
): { storageOptions: PythonValue; isAsynchronous: boolean } {
  const protocol = protocolOf(targetUrl);
  // zarr 3 asks fsspec's reference file system asynchronously, whose targets must then be asked so too; zarr 2 cannot. kerchunk's engine sees to it.
  const isAsynchronous = asReference && packageFor(targetUrl) !== undefined;
  const remoteOptions = { ...ANONYMOUS.get(protocol), ...(isAsynchronous ? { asynchronous: ASYNCHRONOUS } : {}) };
  const remote = {
    remote_protocol: protocol,
    ...(Object.keys(remoteOptions).length === 0 ? {} : { remote_options: remoteOptions }),
  };
  const told = {
    ...(compression === undefined ? {} : { target_options: { compression } }),
    ...(gen ? { simple_templates: false } : {}),
    ...remote,
  };
  return { storageOptions: asReference ? { fo: path, ...told } : told, isAsynchronous };
}

/** The lines above the call: `imports`, those of the codecs that numcodecs does not bring, and what they need. */
export function importLines(
  imports: readonly string[],
  { imagecodecs, zarr3, isAsynchronous }: { imagecodecs: boolean; zarr3: boolean; isAsynchronous: boolean },
): string[] {
  return [
    ...(imagecodecs && !zarr3 ? ['import imagecodecs.numcodecs'] : []),
    ...(imagecodecs && zarr3 ? ['import virtual_tiff  # brings the codecs of imagecodecs to zarr v3'] : []),
    ...imports,
    '',
    ...(imagecodecs && !zarr3 ? ['imagecodecs.numcodecs.register_codecs(verbose=False)'] : []),
    ...(isAsynchronous ? ['asynchronous = zarr.__version__ >= "3"'] : []),
  ];
}
