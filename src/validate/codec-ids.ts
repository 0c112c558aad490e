import { isKnownCodec } from '../codecs/registry';
import type { ZarrArray } from '../zarr/types';
import { registeringPackage } from './known-codecs';
import type { Reporter } from './reporter';

/** Reports each codec that no package registers (error), or that a package registers and this reader cannot decode (info). */
export function checkCodecIds(key: string, array: ZarrArray, reporter: Reporter): void {
  let filter = 0;
  for (const step of array.codecs) {
    const place = step.place === 'filter' ? ['filters', filter++, 'id'] : ['compressor', 'id'];
    if (isKnownCodec(step.id)) continue;
    const home = registeringPackage(step.id);
    if (home === undefined) {
      const message = `No package that is known registers the codec "${step.id}"; readers cannot decode this array's chunks.`;
      reporter.inside(key, place, 'zarr2/codec-unknown', 'error', message);
    } else {
      const message = `The codec "${step.id}" is registered by the Python package ${home}; it is not decoded here.`;
      reporter.inside(key, place, 'zarr2/codec-not-decoded-here', 'info', message);
    }
  }
}
