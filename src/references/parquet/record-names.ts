/** Name of the record file of a number, from 0, in the folder of its array (fsspec, LazyReferenceMapper). */
export function recordName(number: number): string {
  return `refs.${number}.parq`;
}

/** What the files in the folder of an array are. */
export interface RecordNames {
  /** Numbers of the record files, ascending. */
  numbers: number[];
  /** Files that look like record files under a name that no reader asks for, and the number they seem to be meant for. */
  misnamed: { name: string; number: number | undefined }[];
}

/** Sorts the names of the files in the folder of an array; files that have nothing to do with records are left out. */
export function sortNames(names: readonly string[]): RecordNames {
  const numbers: number[] = [];
  const misnamed: RecordNames['misnamed'] = [];
  for (const name of names) {
    const match = /^refs(?:\.(\d{1,15}))?\.(?:parq|parquet)$/iu.exec(name);
    if (match === null) continue;
    const number = match[1] === undefined ? undefined : Number(match[1]);
    if (number !== undefined && name === recordName(number)) numbers.push(number);
    else misnamed.push({ name, number });
  }
  return { numbers: numbers.sort((a, b) => a - b), misnamed };
}
