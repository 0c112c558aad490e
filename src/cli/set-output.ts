import { KerchunkError } from '../errors';
import { type Form, formOfName, type OutputForm } from '../manifest/forms';
import type { Destination } from '../manifest/write-manifest';
import { replacesParquet, replacesReferences } from './output';
import type { Terminal } from './terminal';

/** The form of an output by its name, `-` being standard output. @throws KerchunkError `invalid-argument` as formOfName, and for parquet there. */
export function outputForm(output: string, form?: Form, canAsk?: boolean): OutputForm {
  if (output !== '-') return formOfName(output, form, canAsk);
  if (form !== 'parquet') return { form: form ?? 'json1', gzip: false };
  throw new KerchunkError(
    'invalid-argument',
    'A set in parquet is a folder, which standard output cannot hold. Name one.',
  );
}

/**
 * Whether a reference set stands where one will be written.
 * @throws KerchunkError `write-failed` for anything else that stands there, which is not replaced.
 */
export async function replacesSet(terminal: Terminal, output: string, { form }: OutputForm): Promise<boolean> {
  if (output === '-') return false;
  return form === 'parquet' ? replacesParquet(terminal, output) : replacesReferences(terminal, output);
}

/** Where a set goes that is called `output`. */
export function destinationOf(terminal: Terminal, output: string): Destination {
  const toPrint = {
    write: (bytes: Uint8Array) => {
      terminal.print(bytes);
      return Promise.resolve();
    },
  };
  return {
    writeInPieces: (fill) => (output === '-' ? fill(toPrint) : terminal.writeInPieces(output, fill)),
    writeFolder: (fill) => terminal.writeFolder(output, fill),
  };
}
