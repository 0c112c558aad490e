import { isKnownCodec, refusalReason } from '../codecs/registry';
import type { ZarrArray } from '../zarr/types';
import { countInWords } from '../words';
import { isOwnCodec, registeringPackage } from './known-codecs';
import type { Reporter } from './reporter';

/** Codecs of one array that are told one by one: finding the place of each costs a walk through the document. */
const MOST_TOLD = 10;

/**
 * Reports each codec that no package registers (error), also where our own viewer of TIFFs has it, or that a package registers and this
 * reader cannot decode (info): once, where it stands first, and of more than ten of either the rest as a number.
 */
export function checkCodecIds(key: string, array: ZarrArray, reporter: Reporter): void {
  const places = new Map<string, (string | number)[]>();
  let filter = 0;
  for (const step of array.codecs) {
    const place = step.place === 'filter' ? ['filters', filter++, 'id'] : ['compressor', 'id'];
    // Pickle has a rule of its own.
    if (step.id === 'pickle') continue;
    const isFine = isKnownCodec(step.id) && !isOwnCodec(step.id) && step.id !== 'deflate';
    if (!isFine && !places.has(step.id)) places.set(step.id, place);
  }
  const counts = new Map<CodecRule, number>();
  for (const [id, place] of places) {
    const { code, message } = faultOf(id);
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    if (count <= MOST_TOLD) reporter.inside(key, place, code, message);
  }
  for (const [code, count] of counts) {
    if (count <= MOST_TOLD) continue;
    const what = code === 'zarr2/codec-unknown' ? 'known to no package' : 'not decoded here';
    const message = `${countInWords(count - MOST_TOLD)} more codecs of this array are ${what}.`;
    reporter.rest(key, ['filters'], code, count - MOST_TOLD, message);
  }
}

type CodecRule = 'zarr2/codec-unknown' | 'zarr2/codec-not-decoded-here';

function faultOf(id: string): { code: CodecRule; message: string } {
  if (isOwnCodec(id)) {
    const message =
      `Codecs named kerchunk_tiff_… are for the TIFF viewer of Kerchunk alone: no Python reader has "${id}", and xarray cannot decode this ` +
      "array's chunks. Such a codec has no place in a reference file; generate the references anew.";
    return { code: 'zarr2/codec-unknown', message };
  }
  if (id === 'deflate') {
    const message =
      'kerchunk has the codec "deflate" and does not register it: readers cannot decode this array\'s chunks before Python was told, by ' +
      '`numcodecs.register_codec(kerchunk.codecs.DeflateCodec)`.';
    return { code: 'zarr2/codec-unknown', message };
  }
  const home = registeringPackage(id);
  if (home === undefined) {
    const message = `No package that is known registers the codec "${id}"; readers cannot decode this array's chunks.`;
    return { code: 'zarr2/codec-unknown', message };
  }
  const reason = refusalReason(id);
  const why = reason === undefined ? '' : `: ${reason}`;
  const message = `The codec "${id}" is registered by the Python package ${home}; it is not decoded here${why}.`;
  return { code: 'zarr2/codec-not-decoded-here', message };
}
