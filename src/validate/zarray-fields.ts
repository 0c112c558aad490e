import { KerchunkError } from '../errors';
import { isJsonObject } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { readZarray } from '../zarr/v2-zarray';
import type { Reporter } from './reporter';
import { reportZarrayFaults } from './zarray-faults';

/**
 * Rules of one `.zarray` (zarr v2): every field there and of its type, shape and chunks of one rank, a data type that readers know, a fill
 * value that fits it. Returns the array where it can be read. Metadata that are not looked at, because they stand in a file of their own or are
 * zarr v3, are said not to be (info); what is no JSON object is found when the file is read.
 */
export function checkZarray(set: ReferenceSet, path: string, reporter: Reporter): ZarrArray | undefined {
  const key = keyBelow(path, '.zarray');
  const document = set.document(key)?.value;
  if (document === undefined) {
    noteUnchecked(set, path, reporter);
    return undefined;
  }
  if (!isJsonObject(document)) return undefined;
  const { fields, faults } = readZarray(document, (place) => set.valueText(key, place));
  reportZarrayFaults(key, faults, reporter);
  return fields === undefined ? undefined : set.array(path);
}

function noteUnchecked(set: ReferenceSet, path: string, reporter: Reporter): void {
  const [v2, v3] = [keyBelow(path, '.zarray'), keyBelow(path, 'zarr.json')];
  if (set.keySpan(v2) === undefined) {
    noteElsewhere(set, v3, reporter);
  } else {
    noteElsewhere(set, v2, reporter);
  }
}

function noteElsewhere(set: ReferenceSet, key: string, reporter: Reporter): void {
  const { kind } = lookedUp(set, key);
  if (kind !== 'range' && kind !== 'file') return;
  const message = 'The metadata stand in a file of their own, which is not read: this array is not checked.';
  reporter.onKey(key, 'zarr2/metadata-elsewhere', message);
}

/** What stands under a key; a malformed reference, which was found when the file was read, as `broken`. */
function lookedUp(set: ReferenceSet, key: string): { kind: ReturnType<ReferenceSet['lookup']>['kind'] | 'broken' } {
  try {
    return set.lookup(key);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return { kind: 'broken' };
  }
}
