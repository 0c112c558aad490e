import { diffManifests, isEmptyDiff } from '../combine/diff';
import { diffInWords } from '../combine/diff-in-words';
import { expandSet } from './expand-glob';
import { toJson } from './json';
import { openManifest } from './manifests';
import { exitCodes, type Terminal } from './terminal';

/** `kerchunk diff`: what two reference sets differ in. Returns the exit code: 0 where they are equal, 1 where not. */
export async function diff(terminal: Terminal, before: string, after: string, json: boolean): Promise<number> {
  const open = async (input: string) => openManifest(terminal, await expandSet(terminal, input));
  const [left, right] = [await open(before), await open(after)];
  const found = await diffManifests(left.manifest, right.manifest, terminal.signal);
  terminal.print(json ? `${toJson({ before, after, ...found })}\n` : `${diffInWords(found)}\n`);
  return isEmptyDiff(found) ? exitCodes.ok : exitCodes.errorsFound;
}
