import { KerchunkError } from '../errors';
import { readWhole, type ReferenceFolder } from '../references/parquet/folder';
import { ParquetReferences } from '../references/parquet/parquet-references';
import { ZMETADATA } from '../references/reference-set';
import { rules } from './rules';
import type { Finding } from './types';
import { unreadable, validateReferences, type ValidateOptions } from './validate';

/**
 * All findings of a reference set in parquet: of its `.zmetadata`, by the rules of every reference file, and of its record files, which are
 * read one at a time. A `.zmetadata` that is no JSON, or something else, gives the one finding that says so.
 * @throws KerchunkError `fetch-failed` where the folder has no `.zmetadata` or cannot be read, `cancelled`.
 */
export async function validateFolder(folder: ReferenceFolder, options: ValidateOptions = {}): Promise<Finding[]> {
  const file = await folder.open(ZMETADATA);
  if (file === undefined) throw new KerchunkError('fetch-failed', `There is no ${ZMETADATA} in the folder.`);
  const text = await readWhole(file);
  let references: ParquetReferences;
  try {
    references = ParquetReferences.ofText(folder, text, options.url);
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    const finding: Finding = { ...unreadable(text, error), file: ZMETADATA };
    if (error.code === 'not-json') return [finding];
    return [{ ...finding, code: 'parquet/zmetadata', severity: rules['parquet/zmetadata'].severity }];
  }
  const { signal } = options;
  const set = await references.load(signal === undefined ? {} : { signal });
  return validateReferences(set, text, options);
}
