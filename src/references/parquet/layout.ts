import { plural } from '../../words';
import { keyBelow } from '../../zarr/grid';
import { KerchunkError } from '../../errors';
import type { ZarrArray } from '../../zarr/types';
import type { ReferenceSet } from '../reference-set';
import type { ReferenceProblem, TextSpan } from '../types';
import { unreachableMessage } from '../unreachable';

const NOWHERE: TextSpan = { offset: 0, length: 0 };

/** What the metadata of a set in parquet ask for and this layout cannot do (fsspec, LazyReferenceMapper). */
export function* layoutProblems(set: ReferenceSet): Iterable<ReferenceProblem> {
  const v3 = [...set.keys()].filter((key) => key === 'zarr.json' || key.endsWith('/zarr.json'));
  const [first] = v3;
  if (first !== undefined) {
    const more = v3.length > 1 ? ` (and ${plural(v3.length - 1, 'more document')} like it)` : '';
    const message = `"${first}"${more} is zarr v3; the readers of parquet sets find chunks by the .zarray of zarr v2 only.`;
    yield { code: 'parquet/zarr3', key: first, span: set.keySpan(first) ?? NOWHERE, message };
  }
  for (const key of set.keys()) {
    const message = unreachableMessage(key);
    if (message !== undefined) {
      yield { code: 'kerchunk/key-unreachable', key, span: set.keySpan(key) ?? NOWHERE, message };
    }
  }
  for (const path of set.arrayPaths()) {
    const array = arrayOf(set, path);
    if (array === undefined) continue;
    const key = keyBelow(path, '.zarray');
    if (path === '') {
      const message =
        'The array stands at the root, where readers look for no record files: all its chunks read as the fill value. Put it into a group, under a name.';
      yield { code: 'parquet/root-array', key, span: set.keySpan(key) ?? NOWHERE, message };
    }
    if (array.keyEncoding.separator !== '/' || array.shape.length < 2) continue;
    const span = set.innerSpan(key, ['dimension_separator']) ?? set.keySpan(key) ?? NOWHERE;
    const message =
      '"dimension_separator" is "/"; fsspec finds chunks of parquet sets by keys with "." only, and all of this array read as the fill value. Write ".".';
    yield { code: 'parquet/separator', key, span, message };
  }
}

function arrayOf(set: ReferenceSet, path: string): ZarrArray | undefined {
  try {
    return set.array(path);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return undefined;
  }
}
