import { KerchunkError } from '../errors';
import { readWhole } from '../references/parquet/folder';
import { ParquetReferences } from '../references/parquet/parquet-references';
import { parseReferences } from '../references/parse';
import { type ReferenceSet, ZMETADATA } from '../references/reference-set';
import { validateFolder } from '../validate/validate-folder';
import { type Validation, validateWithReaders, type ValidateOptions } from '../validate/validate';
import { findParquet, type ParquetFolder } from './find-parquet';
import type { Terminal } from './terminal';

/** What is validated: a reference file, or a reference set in parquet. */
export interface Validated {
  /** All findings, and of a file what readers make of it. @throws KerchunkError as validateText and validateFolder. */
  validate(options: Omit<ValidateOptions, 'url'>): Promise<Validation>;
  /** The references and the text that their places are in; undefined where there are none, for which there is a finding. */
  references(): Promise<{ set: ReferenceSet; text: Uint8Array } | undefined>;
}

/** Opens what a path names. @throws KerchunkError `fetch-failed`, `invalid-argument` as findParquet. */
export async function openForValidation(terminal: Terminal, file: string): Promise<Validated> {
  const parquet = await findParquet(terminal, file);
  if (parquet !== undefined) return ofParquet(parquet, terminal.signal);
  const text = await terminal.readFile(file);
  const url = terminal.fileUrl(file);
  return {
    validate: (options) => validateWithReaders(text, { ...options, url }),
    references: () => unlessMalformed(() => ({ set: parseReferences(text, { url }), text })),
  };
}

function ofParquet({ folder, url }: ParquetFolder, signal: AbortSignal): Validated {
  return {
    validate: async (options) => ({ findings: await validateFolder(folder, { ...options, url }), readers: [] }),
    references: () =>
      unlessMalformed(async () => {
        const file = await folder.open(ZMETADATA);
        const text = file === undefined ? new Uint8Array() : await readWhole(file);
        return { set: await ParquetReferences.ofText(folder, text, url).load({ signal }), text };
      }),
  };
}

async function unlessMalformed<T>(read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    return undefined;
  }
}
