import { diffManifests, isEmptyDiff } from '../combine/diff';
import { diffInWords } from '../combine/diff-in-words';
import { toJson } from './json';
import { openManifest } from './manifests';
import { exitCodes, type Terminal } from './terminal';

/** `kerchunk diff`: what two reference sets differ in. Returns the exit code: 0 where they are equal, 1 where not. */
export async function diff(terminal: Terminal, before: string, after: string, json: boolean): Promise<number> {
  const [left, right] = [await openManifest(terminal, before), await openManifest(terminal, after)];
  const found = await diffManifests(left.manifest, right.manifest, terminal.signal);
  terminal.print(json ? `${toJson({ before, after, ...found })}\n` : `${diffInWords(found)}\n`);
  return isEmptyDiff(found) ? exitCodes.ok : exitCodes.errorsFound;
}
