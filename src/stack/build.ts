import { KerchunkError } from '../errors';
import { plural } from '../words';
import { accountOf, type SetAccount } from './account';
import type { ReadFile } from './groups';
import { type PartsRead, readParts, type ReadPartsOptions } from './read-parts';
import type { CombinedSet, SetFile } from './types';
import type { Manifest } from '../manifest/types';

/** A set made of many files, with the account of it; nothing is written. */
export interface BuiltSet {
  manifest: Manifest;
  account: SetAccount;
}

/**
 * Reads the files and makes one set of those that could be read.
 * @param combine sceneOf, stackOf or mosaicOf. @param warnings on the inputs, that are told with those on the files.
 * @throws KerchunkError `fetch-failed` where no file could be read, `not-a-tiff` for a file of this machine that is none, and what readParts and
 * `combine` throw.
 */
export async function buildSet(
  files: readonly SetFile[],
  options: ReadPartsOptions,
  combine: (files: readonly ReadFile[]) => Promise<CombinedSet>,
  warnings: readonly string[] = [],
): Promise<BuiltSet> {
  const read: PartsRead<SetFile> = await readParts(files, options);
  const [failure] = read.failures;
  if (read.parts.length === 0 && failure !== undefined) {
    const { file, code, message } = failure;
    const others = read.failures.length - 1;
    throw new KerchunkError(
      code === 'not-a-tiff' ? 'not-a-tiff' : 'fetch-failed',
      `${others === 0 ? 'The file could not be read' : `None of ${plural(read.failures.length, 'file')} could be read`}. ${file.label}: ${message}`,
    );
  }
  refuseOthers(read.failures);
  const set = await combine(read.parts);
  return { manifest: set.manifest, account: accountOf(set, read, warnings) };
}

/** A server may send a page of its own in place of a file, and the file later; on this machine what is no TIFF was named by mistake. */
function refuseOthers(failures: PartsRead<SetFile>['failures']): void {
  const others = failures.filter(({ code, file }) => code === 'not-a-tiff' && file.url.startsWith('file:'));
  const [first] = others;
  if (first === undefined) return;
  const more =
    others.length > 1 ? ` So ${others.length === 2 ? 'is' : 'are'} ${plural(others.length - 1, 'other file')}.` : '';
  throw new KerchunkError(
    'not-a-tiff',
    `${first.file.label}: ${first.message}${more} Nothing was written: leave ${others.length === 1 ? 'it' : 'them'} out.`,
  );
}
