import { createOpener } from '../bytes/open';
import { KerchunkError } from '../errors';
import { folderAtAddress, isParquetAddress, zmetadataAddress } from '../read/folder-at-address';
import type { ReferenceFolder } from '../references/parquet/folder';
import { ZMETADATA } from '../references/reference-set';
import { isAddress, type Terminal } from './terminal';

/** The folder of a reference set in parquet, and the address of its `.zmetadata`. */
export interface ParquetFolder {
  folder: ReferenceFolder;
  url: string;
}

/**
 * The reference set in parquet that a path names, by its folder or by the `.zmetadata` in it; undefined for any other file.
 * @throws KerchunkError `invalid-argument` for a folder that holds none.
 */
export async function findParquet(terminal: Terminal, file: string): Promise<ParquetFolder | undefined> {
  if (isAddress(file)) return findParquetAt(file);
  const isFolder = await terminal.isFolder(file);
  if (!isFolder && !/(?:^|[/\\])\.zmetadata$/u.test(file)) return undefined;
  const path = isFolder ? file : terminal.folderOf(file);
  const folder = terminal.folder(path);
  if ((await folder.open(ZMETADATA)) === undefined && isFolder) {
    throw new KerchunkError(
      'invalid-argument',
      `${file} is a folder without ${ZMETADATA}. Name reference files (${terminal.join(file, '*.json')}), the folder of a reference set in parquet, which has one, or a folder of files named *.kerchunk.json or *.refs.json.`,
    );
  }
  return { folder, url: terminal.fileUrl(terminal.join(path, ZMETADATA)) };
}

/** As `findParquet`, at an address: where its name does not tell, whether a `.zmetadata` stands below it. */
async function findParquetAt(url: string): Promise<ParquetFolder | undefined> {
  const isParquet = isParquetAddress(url);
  if (isParquet === false) return undefined;
  const folder = folderAtAddress(url, createOpener({}));
  const found = { folder, url: zmetadataAddress(url) };
  if (isParquet === true) return found;
  try {
    return (await folder.open(ZMETADATA)) === undefined ? undefined : found;
  } catch (error) {
    // What stands at the address itself may be read all the same; who reads it says what is wrong.
    if (error instanceof KerchunkError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}
