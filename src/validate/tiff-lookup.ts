import { displayAddress, resolveTarget } from '../bytes/address';
import { fileUrlToPath } from '../bytes/file-url';
import type { ByteSource, SourceOpener } from '../bytes/source';
import { ChangedFileError, type ErrorCode, KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import { describeTiff } from '../tiff/describe';
import type { TiffDescription, TiffImage } from '../tiff/types';
import type { ZarrArray } from '../zarr/types';
import { type FileReference, firstFileReference } from './first-reference';
import { type StatedSource, statedSources } from './stated-sources';

/** What is known of a file. */
export type FileKnowledge =
  | { kind: 'tiff'; url: string; tiff: TiffDescription }
  /** The file was reached and is something else. */
  | { kind: 'other'; url: string }
  /** Nobody could look: no opener (then without a code), or the fetch failed. The reason names the file, once, and has no full stop. */
  | { kind: 'unknown'; url: string; reason: string; code?: ErrorCode };

/** What is known of the file that an array's chunks point into. */
export type TiffKnowledge =
  | (Extract<FileKnowledge, { kind: 'tiff' }> & { image: TiffImage | undefined })
  | Exclude<FileKnowledge, { kind: 'tiff' }>
  /** The array has no reference to a file. */
  | { kind: 'none' };

/** Files that were looked at, by address: a TIFF's description, or that it is something else. */
export type KnownTiffs = Map<string, TiffDescription | 'other'>;

/** Looks at the TIFFs behind arrays, each file once; `known` may outlive it, and holds no failures. */
export class TiffLookup {
  private readonly failed = new Map<string, KerchunkError>();
  private stated: ReadonlyMap<string, StatedSource> | undefined;

  constructor(
    private readonly set: ReferenceSet,
    private readonly opener: SourceOpener | undefined,
    private readonly signal: AbortSignal | undefined,
    private readonly known: KnownTiffs = new Map(),
  ) {}

  /** The TIFF that the array's first reference points into, and the image whose chunk tables hold that reference. */
  async behind(array: ZarrArray): Promise<TiffKnowledge> {
    const reference = firstFileReference(this.set, array.path);
    if (reference === undefined) return { kind: 'none' };
    const found = await this.at(reference.url);
    return found.kind === 'tiff' ? { ...found, image: imageOf(found.tiff, reference) } : found;
  }

  /** The file at a target, as a reference names it: looked at once, also where that failed. @throws KerchunkError `cancelled`. */
  async at(url: string): Promise<FileKnowledge> {
    if (this.opener === undefined) return { kind: 'unknown', url, reason: `${url}: no file was opened` };
    const found = this.known.get(url) ?? this.failed.get(url) ?? (await this.describe(this.opener, url));
    if (found === 'other') return { kind: 'other', url };
    if (!(found instanceof KerchunkError)) return { kind: 'tiff', url, tiff: found };
    return { kind: 'unknown', url, reason: reasonWithName(url, found.message), code: found.code };
  }

  /** Bytes of the files that were looked at, by address as references name them. */
  *knownSizes(): Iterable<[url: string, size: number]> {
    for (const [url, tiff] of this.known) if (tiff !== 'other' && tiff.size !== undefined) yield [url, tiff.size];
  }

  private async describe(opener: SourceOpener, url: string): Promise<TiffDescription | 'other' | KerchunkError> {
    try {
      const look = async (): Promise<TiffDescription> => {
        const source = opener.open(resolveTarget(url, this.set.url));
        return await this.describeAsWritten(source, url);
      };
      const tiff = await look().catch((error: unknown) => {
        // Whoever keeps sources lets go of one whose file has changed.
        if (error instanceof ChangedFileError) return look();
        throw error;
      });
      this.known.set(url, tiff);
      return tiff;
    } catch (error) {
      if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
      if (error.code !== 'not-a-tiff') {
        this.failed.set(url, error);
        return error;
      }
      this.known.set(url, 'other');
      return 'other';
    }
  }

  /** Describes a TIFF around the IFD that its references were written for, whose SubIFDs count then; around the usual one where it has none such. */
  private async describeAsWritten(source: ByteSource, url: string): Promise<TiffDescription> {
    const options = this.signal === undefined ? {} : { signal: this.signal };
    this.stated ??= statedSources(this.set);
    const page = this.stated.get(url)?.ifd;
    if (page === undefined) return describeTiff(source, options);
    try {
      return await describeTiff(source, { ...options, page });
    } catch (error) {
      if (!(error instanceof KerchunkError) || error.code !== 'invalid-argument') throw error;
      return describeTiff(source, options);
    }
  }
}

function reasonWithName(url: string, message: string): string {
  const reason = message.replace(/\.$/u, '');
  const names = [url, displayAddress(url), ...(url.startsWith('file:') ? [fileUrlToPath(url)] : [])];
  return names.some((name) => reason.includes(name)) ? reason : `${displayAddress(url)}: ${reason}`;
}

/** The image whose chunk tables hold a reference; undefined where none does. */
export function imageOf(tiff: TiffDescription, reference: FileReference): TiffImage | undefined {
  if (reference.offset === undefined) return undefined;
  const { offset } = reference;
  return tiff.images.find((image) => image.offsets.includes(offset));
}

/** Whether an address looks like a TIFF's by its ending; true also where it has none, since it then says nothing. */
export function mayBeTiff(url: string): boolean {
  const name = /[^/]*$/u.exec(url.replace(/[?#].*$/u, ''))?.[0] ?? '';
  return !name.includes('.') || /\.(g?tiff?|cog)$/iu.test(name);
}
