import { isKnownCodec, refusalReason } from '../codecs/registry';
import type { ZarrArray } from '../zarr/types';
import { countInWords } from '../words';
import { isOwnCodec, registeringPackage } from './known-codecs';
import type { Reporter } from './reporter';

/** Codecs of one array that are told one by one: finding the place of each costs a walk through the document. */
const MOST_TOLD = 10;

/**
 * Reports each codec that no package registers (error), also where our own viewer of TIFFs has it, or that a package registers and this
 * reader cannot decode (info): once, where it stands first, and of more than ten the rest as a number.
 */
export function checkCodecIds(key: string, array: ZarrArray, reporter: Reporter): void {
  const places = new Map<string, (string | number)[]>();
  let filter = 0;
  for (const step of array.codecs) {
    const place = step.place === 'filter' ? ['filters', filter++, 'id'] : ['compressor', 'id'];
    // Pickle has a rule of its own.
    if (step.id === 'pickle') continue;
    if ((isOwnCodec(step.id) || !isKnownCodec(step.id)) && !places.has(step.id)) places.set(step.id, place);
  }
  for (const [id, place] of [...places].slice(0, MOST_TOLD)) {
    const home = registeringPackage(id);
    if (isOwnCodec(id)) {
      const message =
        `Codecs named kerchunk_tiff_… are for the TIFF viewer of Kerchunk alone: no Python reader has "${id}", and xarray cannot decode this ` +
        "array's chunks. Such a codec has no place in a reference file; generate the references anew.";
      reporter.inside(key, place, 'zarr2/codec-unknown', message);
    } else if (home === undefined) {
      const message = `No package that is known registers the codec "${id}"; readers cannot decode this array's chunks.`;
      reporter.inside(key, place, 'zarr2/codec-unknown', message);
    } else {
      const reason = refusalReason(id);
      const why = reason === undefined ? '' : `: ${reason}`;
      const message = `The codec "${id}" is registered by the Python package ${home}; it is not decoded here${why}.`;
      reporter.inside(key, place, 'zarr2/codec-not-decoded-here', message);
    }
  }
  const rest = [...places.keys()].slice(MOST_TOLD);
  if (rest.length === 0) return;
  const unregistered = rest.some((id) => registeringPackage(id) === undefined);
  const code = unregistered ? 'zarr2/codec-unknown' : 'zarr2/codec-not-decoded-here';
  const what = unregistered ? 'known to no package, or not decoded here' : 'not decoded here';
  const message = `${countInWords(rest.length)} more codecs of this array are ${what}.`;
  reporter.inside(key, ['filters'], code, message);
}
