import { throwIfCancelled } from '../bytes/cancel';
import type { ByteSource, RequestTrace } from '../bytes/source';
import { publicAddress } from '../bytes/address';
import { describeError } from '../errors';
import { readLastStrips, type StoredStrip } from '../generate/last-strip';
import { describeTiff } from '../tiff/describe';
import type { TiffDescription } from '../tiff/types';
import { applyFacts } from './apply-facts';
import type { StatedFacts } from './facts';
import type { Journal } from './journal';
import { partOf, type PartOptions, type TiffPart } from './part';

/** One file of a set. */
export interface InputFile {
  /** Where it is read, and the address that references carry. */
  url: string;
  target: string;
  /** What a STAC item says of it. */
  facts?: StatedFacts;
}

export interface ReadPartsOptions {
  /** Opens a file; given the listener that counts the requests. A source is asked for once and dropped when the file is read. */
  open: (url: string, onRequest: (trace: RequestTrace) => void) => ByteSource;
  /** Files of one host that are read at once. */
  concurrency: number;
  lastStrip?: 'cut';
  /** In place of makePart, what asks a worker for it. */
  make?: typeof makePart;
  journal?: Journal;
  signal?: AbortSignal;
  onProgress?: (progress: ReadingProgress) => void;
}

/** How far reading is. */
export interface ReadingProgress {
  done: number;
  total: number;
  failed: number;
  /** Of those done, taken from the journal of an earlier run. */
  fromJournal: number;
  /** Seconds until all are read, by the pace so far; absent until one is read. */
  secondsLeft?: number;
}

/** One file that could not become a part. */
export interface FailedFile<File extends InputFile = InputFile> {
  file: File;
  code: string;
  message: string;
}

export interface PartsRead<File extends InputFile = InputFile> {
  /** In the order of the files. */
  parts: { file: File; part: TiffPart }[];
  failures: FailedFile<File>[];
  fromJournal: number;
  requests: number;
  bytes: number;
  milliseconds: number;
}

/** The first request of each file: enough for the headers of a COG, which GDAL puts at its front. */
const HEAD_BYTES = 16 * 1024;

/**
 * Reads the headers of many TIFFs, so many of each host at once, each with one request where they stand in its first 16 KiB. What a journal
 * holds is not read again but for one byte, which tells whether size, ETag and time of change are as they were.
 * @throws KerchunkError `cancelled`, or `write-failed` from the journal; what befalls one file is among the failures.
 */
export async function readParts<File extends InputFile>(
  files: readonly File[],
  options: ReadPartsOptions,
): Promise<PartsRead<File>> {
  const { journal, signal, concurrency, onProgress } = options;
  const started = performance.now();
  const parts = new Array<TiffPart | undefined>(files.length);
  const failures: (FailedFile<File> | undefined)[] = new Array<FailedFile<File> | undefined>(files.length);
  const cost = { requests: 0, bytes: 0 };
  const progress: ReadingProgress = { done: 0, total: files.length, failed: 0, fromJournal: 0 };
  const onRequest = ({ bytes }: RequestTrace): void => {
    cost.requests += 1;
    cost.bytes += bytes;
  };

  const readOne = async (file: File, index: number): Promise<void> => {
    const key = keyOf(file, options);
    try {
      const known = await fromJournal(file, key, options, onRequest);
      const part = known ?? (await readPart(file, options, onRequest));
      parts[index] = part;
      if (known === undefined) await journal?.add(key, part);
      else progress.fromJournal += 1;
    } catch (error) {
      const { code, message } = describeError(error, 'fetch-failed');
      if (code === 'cancelled' || code === 'write-failed') throw error;
      throwIfCancelled(signal);
      failures[index] = { file, code, message };
      progress.failed += 1;
    }
    progress.done += 1;
    const read = progress.done - progress.fromJournal;
    const pace = read === 0 ? 0 : (performance.now() - started) / 1000 / read;
    onProgress?.({ ...progress, ...(read === 0 ? {} : { secondsLeft: pace * (files.length - progress.done) }) });
  };

  const stop = new AbortController();
  await Promise.all(
    [...byHost(files)].flatMap((queue) => {
      const next = queue.values();
      return Array.from({ length: Math.min(concurrency, queue.length) }, async () => {
        for (const index of next) {
          const file = files[index];
          if (file === undefined || stop.signal.aborted) return;
          try {
            throwIfCancelled(signal);
            await readOne(file, index);
          } catch (error) {
            stop.abort();
            throw error;
          }
        }
      });
    }),
  );
  return {
    parts: files.flatMap((file, index) => {
      const part = parts[index];
      return part === undefined ? [] : [{ file, part }];
    }),
    failures: failures.filter((failure) => failure !== undefined),
    fromJournal: progress.fromJournal,
    ...cost,
    milliseconds: performance.now() - started,
  };
}

async function readPart(
  file: InputFile,
  { open, lastStrip, make = makePart, signal }: ReadPartsOptions,
  onRequest: (trace: RequestTrace) => void,
): Promise<TiffPart> {
  const source = open(file.url, onRequest);
  const described = await describeTiff(source, {
    headBytes: HEAD_BYTES,
    ...(signal === undefined ? {} : { signal }),
  });
  const options = { targetUrl: file.target, ...(lastStrip === undefined ? {} : { lastStrip }) };
  const strips = await readLastStrips(
    source,
    described,
    { ...options, preset: 'portable', overviews: false, coordinates: true },
    signal,
  );
  const { facts } = file;
  return make({ tiff: described, options, strips, ...(facts === undefined ? {} : { facts }) }, signal);
}

/** What a part is made of: the description of a TIFF, the strips that must be written anew, and what STAC says of it. */
export interface PartAsked {
  tiff: TiffDescription;
  options: PartOptions;
  strips: readonly StoredStrip[];
  facts?: StatedFacts;
}

/** The part of a described TIFF, completed by what STAC says of it; where the two differ, a warning says so. @throws KerchunkError as partOf. */
export async function makePart({ tiff, options, strips, facts }: PartAsked, signal?: AbortSignal): Promise<TiffPart> {
  if (facts === undefined) return partOf(tiff, options, strips, signal);
  const applied = await applyFacts(tiff, facts);
  const part = await partOf(applied.tiff, options, strips, signal);
  return applied.warnings.length === 0 ? part : { ...part, warnings: [...applied.warnings, ...part.warnings] };
}

/** What a part depends on beside the file itself. */
function keyOf({ url, target, facts }: InputFile, { lastStrip }: ReadPartsOptions): string {
  return JSON.stringify([url, target, lastStrip ?? null, facts ?? null]);
}

async function fromJournal(
  { url }: InputFile,
  key: string,
  { journal, open, signal }: ReadPartsOptions,
  onRequest: (trace: RequestTrace) => void,
): Promise<TiffPart | undefined> {
  const part = journal?.find(key);
  if (part === undefined) return undefined;
  // One byte tells whether the file is still the one that was read: offsets of another would read its headers for pixels.
  const source = open(url, onRequest);
  await source.read(0, 1, signal);
  const { size, etag, last_modified: lastModified } = part.source;
  const now = source.validator();
  const isSame = source.size() === size && now?.etag === etag && now?.lastModified === lastModified;
  return isSame ? part : undefined;
}

/** The places of the files in their list, host by host; local files are one host. */
function byHost(files: readonly InputFile[]): Iterable<number[]> {
  const hosts = new Map<string, number[]>();
  files.forEach(({ url }, index) => {
    const host = hostOf(url);
    const queue = hosts.get(host);
    if (queue === undefined) hosts.set(host, [index]);
    else queue.push(index);
  });
  return hosts.values();
}

function hostOf(url: string): string {
  try {
    return new URL(publicAddress(url)).host;
  } catch {
    return '';
  }
}
