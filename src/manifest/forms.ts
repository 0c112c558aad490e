import { KerchunkError } from '../errors';

/** The forms of a reference set: JSON of version 0 or 1, or a folder of Parquet files. */
export const forms = ['json0', 'json1', 'parquet'] as const;
export type Form = (typeof forms)[number];

/** How an output is written. */
export interface OutputForm {
  form: Form;
  /** Whether the JSON is compressed as gzip. */
  gzip: boolean;
}

/** Whether a name is one of a set in parquet. */
export function isParquetName(name: string): boolean {
  return /\.(?:parq|parquet)[/\\]*$/iu.test(name);
}

/**
 * The form of an output by its name: `.json` and `.json.gz` JSON, of version 1 unless `asked` says 0; `.parq`, `.parquet`, or a name that ends
 * with a slash, parquet. What is asked for must fit a name that says something else.
 * @param canAsk whether who reads the message could have asked, by --form.
 * @throws KerchunkError `invalid-argument` where name and `asked` contradict each other or neither says it.
 */
export function formOfName(name: string, asked?: Form, canAsk = true): OutputForm {
  const gzip = /\.gz$/iu.test(name);
  if (/\.zst$/iu.test(name)) {
    throw new KerchunkError('invalid-argument', `${name}: ZSTD is not written. Name it .json or .json.gz.`);
  }
  const isJson = /\.json(?:\.gz)?$/iu.test(name);
  const isParquet = isParquetName(name) || /[/\\]$/u.test(name);
  if (asked === undefined) {
    if (isJson || gzip) return { form: 'json1', gzip };
    if (isParquet) return { form: 'parquet', gzip: false };
    throw new KerchunkError(
      'invalid-argument',
      `${name} does not say what form to write. End it in .json, .json.gz or .parq${canAsk ? ', or give --form' : ''}.`,
    );
  }
  if (asked === 'parquet' ? isJson || gzip : isParquet) {
    throw new KerchunkError(
      'invalid-argument',
      `${name} is no name for ${asked === 'parquet' ? 'a set in parquet, which is a folder' : 'a file of JSON'}. Change the name, or leave --form out.`,
    );
  }
  return { form: asked, gzip };
}
