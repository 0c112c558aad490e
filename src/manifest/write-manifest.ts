import { writeGzip } from '../bytes/gzip-sink';
import type { ByteSink, FolderSink } from '../bytes/sink';
import { KerchunkError } from '../errors';
import type { OutputForm } from './forms';
import type { Manifest } from './types';
import { writeJson, type WriteJsonOptions, type WrittenCount } from './write-json';
import { writeParquet, type WriteParquetOptions } from './write-parquet';

/** Where a reference set goes: a file, or a folder for one in parquet, that stands there only when all is written. */
export interface Destination {
  writeInPieces<T>(fill: (sink: ByteSink) => Promise<T>): Promise<T>;
  writeFolder<T>(fill: (folder: FolderSink) => Promise<T>): Promise<T>;
}

export type WriteManifestOptions = OutputForm & Omit<WriteJsonOptions, 'version'> & WriteParquetOptions;

/**
 * Writes a manifest in a form. The count of bytes is that of the stored file, or of all files.
 * @throws KerchunkError `invalid-argument` for two arrays, or an array and a group, of one path; what `writeJson` and `writeParquet` throw.
 */
export async function writeManifest(
  manifest: Manifest,
  destination: Destination,
  { form, gzip, ...options }: WriteManifestOptions,
): Promise<WrittenCount> {
  refuseTwins(manifest);
  if (form === 'parquet') return destination.writeFolder((folder) => writeParquet(manifest, folder, options));
  const version = form === 'json0' ? 0 : 1;
  return destination.writeInPieces(async (sink) => {
    if (!gzip) return writeJson(manifest, sink, { ...options, version });
    let bytes = 0;
    const counting: ByteSink = {
      write: (piece) => {
        bytes += piece.length;
        return sink.write(piece);
      },
    };
    const written = await writeGzip(counting, (zipped) => writeJson(manifest, zipped, { ...options, version }));
    return { ...written, bytes };
  });
}

/** Of two arrays under one path a reader would see the one that comes last. */
function refuseTwins({ groups, arrays }: Manifest): void {
  const taken = new Set(groups.map(({ path }) => path));
  for (const { array } of arrays) {
    if (taken.has(array.path) && (array.path !== '' || arrays.length > 1)) {
      throw new KerchunkError(
        'invalid-argument',
        `There would be two things called "${array.path}", of which readers see one. Give one of them another name.`,
      );
    }
    taken.add(array.path);
  }
}
