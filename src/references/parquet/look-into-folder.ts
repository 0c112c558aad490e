import { isJsonObject, type JsonValue } from '../../json';
import { keyBelow } from '../../zarr/grid';
import { ZMETADATA } from '../reference-set';
import { type FolderFile, readWhole, type ReferenceFolder } from './folder';
import { sortNames } from './record-names';

/** What a folder holds: nothing, a reference set in parquet with the first file that is no part of it, or something else. */
export type FolderContent = { kind: 'empty' } | { kind: 'set'; foreign: string | undefined } | { kind: 'other' };

/** Looks at a folder before a set in parquet takes its place. @throws KerchunkError `fetch-failed` where it cannot be read. */
export async function lookIntoFolder(folder: ReferenceFolder): Promise<FolderContent> {
  if ((await folder.list(''))?.length === 0) return { kind: 'empty' };
  const metadata = await folder.open(ZMETADATA);
  if (metadata === undefined || !(await hasRecordSize(metadata))) return { kind: 'other' };
  return { kind: 'set', foreign: await foreignFile(folder, '') };
}

/** zarr's own consolidated metadata have no `record_size`. */
async function hasRecordSize(metadata: FolderFile): Promise<boolean> {
  const text = new TextDecoder().decode(await readWhole(metadata));
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) && value.record_size !== undefined;
  } catch {
    return false;
  }
}

/** The first file below a folder that is neither `.zmetadata` nor a record file; undefined where there is none. */
async function foreignFile(folder: ReferenceFolder, path: string): Promise<string | undefined> {
  const names = await folder.list(path);
  if (names === 'unknown') return path;
  for (const name of names ?? []) {
    const inside = keyBelow(path, name);
    if ((await folder.open(inside)) === undefined) {
      const found = await foreignFile(folder, inside);
      if (found !== undefined) return found;
    } else if (inside !== ZMETADATA && sortNames([name]).numbers.length === 0) {
      return inside;
    }
  }
  return undefined;
}
