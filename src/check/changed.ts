import type { TiffDescription } from '../tiff/types';
import type { StatedSource } from '../validate/stated-sources';
import { countInWords } from '../words';
import type { Tally } from './tally';

/** Reports a file that is another one now than when its references were written: each of size, ETag and Last-Modified with both values, and that it has lost the IFD. */
export function checkUnchanged(stated: StatedSource, tiff: TiffDescription, tally: Tally): void {
  const differences: string[] = [];
  const compare = (name: string, then: string | undefined, now: string | undefined): void => {
    if (then !== undefined && now !== undefined && then !== now) differences.push(`${name} ${then} then, ${now} now`);
  };
  const bytes = (size: number | undefined): string | undefined => (size === undefined ? undefined : countInWords(size));
  compare('size', bytes(stated.size), bytes(tiff.size));
  compare('ETag', strong(stated.etag), strong(tiff.validator?.etag));
  compare('Last-Modified', stated.lastModified, tiff.validator?.lastModified);
  if (stated.ifd !== undefined && tiff.page !== stated.ifd)
    differences.push(`IFD ${stated.ifd} then, none of that number now`);
  if (differences.length === 0) return;
  const kind = { code: 'source/changed', path: stated.path, about: stated.url } as const;
  tally.add(kind, stated.key, () => {
    const facts = differences.join('; ');
    return `${stated.url} has changed since the references were written (${facts}). Generate them anew where they no longer fit.`;
  });
}

/** A weak validator of the same bytes differs in its mark alone (RFC 9110, section 8.8.3). */
function strong(etag: string | undefined): string | undefined {
  return etag?.replace(/^W\//u, '');
}
