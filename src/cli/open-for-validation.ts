import { KerchunkError } from '../errors';
import { type PlainText, plainText } from '../read/compressed-text';
import { readWhole } from '../references/parquet/folder';
import { ParquetReferences } from '../references/parquet/parquet-references';
import { type ReferenceSet, ZMETADATA } from '../references/reference-set';
import type { Finding } from '../validate/types';
import { validateFolder } from '../validate/validate-folder';
import { readAndValidate, type ValidateOptions } from '../validate/validate';
import { bytesInWords } from '../words';
import { findParquet, type ParquetFolder } from './find-parquet';
import { readFileOrAddress, urlOf } from './read-address';
import type { Terminal } from './terminal';

/** What is validated: a reference file, or a reference set in parquet. */
export interface Validated {
  /** All findings; `tell` is told how much of a text has been read. @throws KerchunkError as validateText and validateFolder. */
  validate(options: Omit<ValidateOptions, 'url' | 'onRead'>, tell: (message: string) => void): Promise<Finding[]>;
  /** The references that `validate` has read, where it holds all of them, and their text. */
  held(): { set: ReferenceSet; text: Uint8Array } | undefined;
  /** The text of the reference file, or of the `.zmetadata` of a set in parquet; undefined where there is none. */
  text(): Promise<Uint8Array | undefined>;
  /** As `held`, read where need be, and the text that their places are in; undefined where there are none, for which there is a finding. */
  references(): Promise<{ set: ReferenceSet; text: Uint8Array } | undefined>;
}

/** Opens what a path names. @throws KerchunkError `fetch-failed`, `invalid-argument` as findParquet. */
export async function openForValidation(terminal: Terminal, file: string): Promise<Validated> {
  const parquet = await findParquet(terminal, file);
  if (parquet !== undefined) return ofParquet(parquet, terminal.signal);
  refuseStandardInput(file);
  const { text, compression } = await readText(terminal, file);
  const url = urlOf(terminal, file);
  let set: ReferenceSet | undefined;
  const held = (): { set: ReferenceSet; text: Uint8Array } | undefined =>
    set === undefined ? undefined : { set, text };
  return {
    validate: async (options, tell) => {
      const onRead = (bytes: number): void => {
        tell(`Reading ${file}: ${Math.floor((100 * bytes) / text.length)} % of ${bytesInWords(text.length)}`);
      };
      const validated = await readAndValidate(text, { ...options, url, compression, onRead });
      ({ set } = validated);
      return validated.findings;
    },
    held,
    text: () => Promise.resolve(text),
    references: () => Promise.resolve(held()),
  };
}

/** @throws KerchunkError `invalid-argument` for `-`. */
function refuseStandardInput(file: string): void {
  if (file !== '-') return;
  throw new KerchunkError(
    'invalid-argument',
    'Standard input is not read; write it to a file and name that, or name a file called "-" as "./-".',
  );
}

async function readText(terminal: Terminal, file: string): Promise<PlainText> {
  const bytes = await readFileOrAddress(terminal, file);
  try {
    return await plainText(bytes, terminal.signal);
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    throw new KerchunkError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

function ofParquet({ folder, url }: ParquetFolder, signal: AbortSignal): Validated {
  const metadata = async (): Promise<Uint8Array | undefined> => {
    const file = await folder.open(ZMETADATA);
    return file === undefined ? undefined : readWhole(file);
  };
  return {
    validate: (options) => validateFolder(folder, { ...options, url }),
    held: () => undefined,
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
