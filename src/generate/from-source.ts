import { throwIfCancelled } from '../bytes/cancel';
import type { ByteSource, RequestTrace } from '../bytes/source';
import { describeTiff } from '../tiff/describe';
import type { TiffDescription } from '../tiff/types';
import { describeBeside } from './describe-beside';
import { readLastStrips, type StoredStrip } from './last-strip';
import { withoutRanges } from './no-ranges';
import type { GenerateOptions, GeneratedReferences } from './types';
import { type Verification, verifyTiles } from './verify';

/** What reading the headers, and strips that are written anew, cost. */
export interface ReadingCost {
  requests: number;
  bytes: number;
  milliseconds: number;
}

export interface GenerateCallbacks {
  /** generateReferences, or what asks a worker for it: with many tiles the work takes longer than a host may block. */
  generate: (
    tiff: TiffDescription,
    options: GenerateOptions,
    strips: readonly StoredStrip[],
    signal?: AbortSignal,
  ) => Promise<GeneratedReferences>;
  signal?: AbortSignal;
  /** The IFD to describe as the full resolution, see describeTiff. */
  page?: number;
  /** The files beside the TIFF that are looked for, see OpenBeside; by default none. */
  openBeside?: (ending: string, onRequest: (trace: RequestTrace) => void) => ByteSource | 'there' | undefined;
  /** Compare tiles with the ghost area before anything is generated, see verifyTiles. */
  verify?: boolean;
  /** Called after each request with the cost so far. */
  onProgress?: (cost: ReadingCost) => void;
}

/** References generated from a source, with what reading it cost. */
export interface GeneratedFromSource extends GeneratedReferences {
  cost: ReadingCost;
  /** Where it was asked for. */
  verification?: Verification;
}

/**
 * Describes the TIFF behind `open`, reads the strips that must be written anew, and generates its references.
 * `open` is given the listener that counts the requests.
 * @throws KerchunkError what describeTiff, readLastStrips and generateReferences throw; nothing is written here.
 */
export async function generateFromSource(
  open: (onRequest: (trace: RequestTrace) => void) => ByteSource,
  options: GenerateOptions,
  { generate, signal, page, verify = false, openBeside, onProgress }: GenerateCallbacks,
): Promise<GeneratedFromSource> {
  const started = performance.now();
  const cost: ReadingCost = { requests: 0, bytes: 0, milliseconds: 0 };
  let unranged: string | undefined;
  const count = (trace: RequestTrace): void => {
    if (trace.status === 200) unranged = trace.url;
    cost.requests += 1;
    cost.bytes += trace.bytes;
    cost.milliseconds = performance.now() - started;
    onProgress?.({ ...cost });
  };
  const source = open(count);
  const described = await describeTiff(source, {
    ...(signal === undefined ? {} : { signal }),
    ...(page === undefined ? {} : { page }),
  });
  // A page that was asked for has no files of its own beside the TIFF.
  const tiff =
    openBeside === undefined || page !== undefined
      ? described
      : await describeBeside(described, (ending) => openBeside(ending, count), signal);
  const verification = verify ? await verifyTiles(tiff, source, signal) : undefined;
  const strips = await readLastStrips(source, tiff, options, signal);
  const generated = await generate(tiff, options, strips, signal);
  throwIfCancelled(signal);
  cost.milliseconds = performance.now() - started;
  // The address may be another one than was read, of another server.
  const isRead = options.targetUrl === unranged || options.targetUrl === source.url;
  const account = unranged !== undefined && isRead ? withoutRanges(generated.account, unranged) : generated.account;
  return { ...generated, account, cost, ...(verification === undefined ? {} : { verification }) };
}

/**
 * The reference file's name for a TIFF, named by its path or address: `B04.tif` gives `B04.kerchunk.json`. A query or fragment of a web
 * address is left out; in a path, and in a file: address, `?` and `#` are part of the name. @param page the IFD that was asked for: IFD 2 of
 * it gives `B04.ifd2.kerchunk.json`.
 */
export function referenceFileName(location: string, page?: number): string {
  const isWebAddress = /^(?!file:)[a-z][a-z0-9+.-]+:\/\//iu.test(location);
  const path = (isWebAddress ? location.replace(/[?#].*$/u, '') : location).replace(/[\\/]+$/u, '');
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const stem = name.replace(/\.(g?tiff?)$/iu, '') || 'references';
  return `${stem}${page === undefined ? '' : `.ifd${page}`}.kerchunk.json`;
}

/** The outputs of one run, so that no input's references take the place of another's. */
export class Outputs {
  private readonly owners = new Map<string, string>();

  /**
   * Takes `output`, a path or address, for `input`. Why it cannot be had, where an earlier input has it; two names that differ in case or
   * Unicode form alone count as one, because many file systems do not tell them apart.
   */
  claim(output: string, input: string): string | undefined {
    const key = output.normalize('NFC').toLowerCase();
    const owner = this.owners.get(key);
    if (owner === undefined) {
      this.owners.set(key, input);
      return undefined;
    }
    const file = output.slice(Math.max(output.lastIndexOf('/'), output.lastIndexOf('\\')) + 1);
    return `Its references would go to ${file}, which takes those of ${owner}. Rename one of the two, or move it.`;
  }
}
