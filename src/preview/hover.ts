import { KerchunkError } from '../errors';
import { isMetadataKey } from '../references/documents';
import { describeArray } from './array-details';
import { textRange, type PreviewDocument } from './document';
import { hoverChunk } from './hover-chunk';
import { outlineNodes } from './outline';
import { groupOf } from '../zarr/path';
import type { HoverContent } from './types';

/**
 * What stands at a line and column (from 1, UTF-16 units) of the text: over a chunk's entry the chunk, over metadata the array or group in
 * words; null between entries, over keys that are neither, and over metadata that cannot be read, about which findings tell.
 * @throws KerchunkError `cancelled`.
 */
export async function hoverAt(
  document: PreviewDocument,
  line: number,
  column: number,
  signal: AbortSignal,
): Promise<HoverContent | null> {
  const { set, positions } = document;
  const entry = set.entryAt(positions.offsetAt(line, column));
  if (entry === undefined) return null;
  const range = textRange(positions, entry.span);
  if (isMetadataKey(entry.key)) return metadataContent(document, entry.key, range);
  const owner = set.ownerOf(entry.key);
  if (owner?.indices === undefined) return null;
  return { kind: 'chunk', range, chunk: await hoverChunk(document, owner.path, owner.indices, signal) };
}

function metadataContent(document: PreviewDocument, key: string, range: HoverContent['range']): HoverContent | null {
  const path = groupOf(key);
  if (document.set.arrayPaths().includes(path)) {
    try {
      return { kind: 'array', range, array: describeArray(document, path) };
    } catch (error) {
      if (error instanceof KerchunkError) return null;
      throw error;
    }
  }
  return { kind: 'group', range, path, ...countBelow(document, path) };
}

/** Arrays and groups below a group, at any depth. */
function countBelow(document: PreviewDocument, path: string): { arrays: number; groups: number } {
  const below = outlineNodes(document.set).filter(
    (node) => node.path !== path && (path === '' || node.path.startsWith(`${path}/`)),
  );
  const groups = below.filter(({ kind }) => kind === 'group').length;
  return { arrays: below.length - groups, groups };
}
