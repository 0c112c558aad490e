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
  /** The text of the reference file, or of the `.zmetadata` of a set in parquet; undefined where there is none. */
  text(): Promise<Uint8Array | undefined>;
  /** The references and the text that their places are in; undefined where there are none, for which there is a finding. */
  references(): Promise<{ set: ReferenceSet; text: Uint8Array } | undefined>;
}

/** Opens what a path names. @throws KerchunkError `fetch-failed`, `invalid-argument` as findParquet. */
export async function openForValidation(terminal: Terminal, file: string): Promise<Validated> {
  const parquet = await findParquet(terminal, file);
  if (parquet !== undefined) return ofParquet(parquet, terminal.signal);
  const text = await terminal.readFile(file);
  const url = terminal.fileUrl(file);
  let read: ReferenceSet | undefined;
  return {
    validate: async (options) => {
      const validation = await validateWithReaders(text, { ...options, url });
      read = validation.set;
      return validation;
    },
    text: () => Promise.resolve(text),
    references: () => unlessMalformed(() => ({ set: read ?? parseReferences(text, { url }), text })),
  };
}

function ofParquet({ folder, url }: ParquetFolder, signal: AbortSignal): Validated {
  const metadata = async (): Promise<Uint8Array | undefined> => {
    const file = await folder.open(ZMETADATA);
    return file === undefined ? undefined : readWhole(file);
  };
  return {
    validate: async (options) => ({ findings: await validateFolder(folder, { ...options, url }), readers: [] }),
    text: metadata,
    references: () =>
      unlessMalformed(async () => {
        const text = (await metadata()) ?? new Uint8Array();
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
