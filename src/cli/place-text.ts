import { ZMETADATA } from '../references/reference-set';
import type { Finding } from '../validate/types';

/**
 * Where a finding stands: `refs.json:3:10`, as compilers write it, the column counted from 1; in a set in parquet `set.parq/.zmetadata:3:10`, or
 * `set.parq/x/refs.0.parq:row 17`. `file` is the reference file or folder as it was named.
 */
export function placeInWords(file: string, place: Pick<Finding, 'file' | 'row' | 'line' | 'column'>): string {
  const { line, column, row } = place;
  if (place.file === undefined) return `${file}:${line}:${column}`;
  const name = nameWithin(file, place.file);
  if (!isInRecordFile(place)) return `${name}:${line}:${column}`;
  return row === undefined ? name : `${name}:row ${row}`;
}

/** Whether a finding stands in a record file of a set in parquet, not in a text. */
export function isInRecordFile({ file }: Pick<Finding, 'file'>): boolean {
  return file !== undefined && file !== ZMETADATA;
}

/** The file `below` in a set, which was named by its folder or by the `.zmetadata` in it. */
export function nameWithin(set: string, below: string): string {
  const folder = set.replace(/(?<=^|[/\\])\.zmetadata$/u, '').replace(/[/\\]+$/u, '');
  return folder === '' && !/^[/\\]/u.test(set) ? below : `${folder}/${below}`;
}
