import type { Drift } from './drift';

/** Why values drift, as part of a sentence. */
export const DRIFT_REASON = 'numcodecs delta sums over the whole chunk, where TIFF predictor 2 starts each row anew';

/** The drift in one or two sentences, for a report. `chunk` is the key of the chunk that was measured. */
export function driftInWords(drift: Drift, chunk: string): string {
  if (drift.first === undefined || drift.worst === undefined) {
    return `The filters of this file are wrong (${DRIFT_REASON}), though chunk ${chunk} happens to decode right.`;
  }
  const { worst } = drift;
  return (
    `Readers will decode this file to wrong numbers: ${DRIFT_REASON}. In chunk ${chunk}, ${drift.wrongRows} of ${drift.rows} rows are wrong, ` +
    `the first is row ${drift.first.row}. At row ${worst.row}, column ${worst.column} the value reads ${round(worst.read)} and is ${round(worst.truth)}; ` +
    `the chunk's maximum reads ${round(drift.maximumRead)} and is ${round(drift.maximumTrue)}.`
  );
}

function round(value: number): string {
  return String(Number(value.toPrecision(6)));
}
