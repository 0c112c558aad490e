import { MemorySink } from '../bytes/sink';
import type { Manifest } from '../manifest/types';
import { writeJson, type WriteJsonOptions } from '../manifest/write-json';
import { parseReferences } from '../references/parse';
import { readerReport } from '../validate/readers/report';
import type { ReaderReport } from '../validate/readers/types';
import { listInWords } from '../words';

/** Metadata in a form of JSON. */
export interface WrittenMetadata {
  manifest: Manifest;
  form: Pick<WriteJsonOptions, 'version' | 'nested'>;
}

/** Readers that read arrays of a set as it was, and not as it is written, and why, a line each. Chunks are not looked at. */
export async function readersLostInWords(before: WrittenMetadata, after: WrittenMetadata): Promise<string[]> {
  const [old, now] = [await reportOf(before), await reportOf(after)];
  return now.flatMap((report) => {
    const earlier = old.find(({ reader }) => reader === report.reader);
    return earlier === undefined ? [] : lostInWords(earlier, report);
  });
}

function lostInWords(before: ReaderReport, { name, arrays, obstacles }: ReaderReport): string[] {
  const read = new Set(before.arrays.filter(({ reads }) => reads).map(({ path }) => path));
  const lost = new Set(arrays.filter(({ path, reads }) => !reads && read.has(path)).map(({ path }) => path));
  if (lost.size === 0) return [];
  const known = new Set(before.obstacles.map(({ reason }) => reason));
  const fresh = obstacles.filter(({ reason }) => !known.has(reason));
  const ofArrays = fresh.filter(({ path }) => path !== undefined && lost.has(path));
  const reasons = (ofArrays.length > 0 ? ofArrays : fresh).map(({ reason }) => reason);
  const told = [...new Set(reasons)].slice(0, REASONS);
  const which = lost.size === read.size ? '' : `, of ${lost.size} of the ${read.size} arrays that it read`;
  return [`Lost: ${name}${which}: ${listInWords(told)}.`];
}

/** Reasons that are told of one reader. */
const REASONS = 3;

async function reportOf({ manifest: { groups, arrays }, form }: WrittenMetadata): Promise<ReaderReport[]> {
  const sink = new MemorySink();
  await writeJson({ groups, arrays: arrays.map((array) => ({ ...array, entries: () => [] })) }, sink, form);
  const text = sink.take();
  return readerReport(parseReferences(text), text);
}
