import type { ReferenceSet } from '../references/reference-set';
import type { OutputForm } from './forms';

/** The form that a set has; undefined where it is compressed as nothing is written. */
export function formOfSet(set: ReferenceSet): OutputForm | undefined {
  if (set.parquet !== undefined) return { form: 'parquet', gzip: false };
  if (set.compression !== undefined && set.compression !== 'gzip') return undefined;
  return { form: set.version === 0 ? 'json0' : 'json1', gzip: set.compression === 'gzip' };
}

/** Whether a set of JSON has its metadata as objects. */
export function isNested(set: ReferenceSet): boolean {
  for (const key of set.documentKeys()) if (set.document(key)?.nested === true) return true;
  return false;
}
