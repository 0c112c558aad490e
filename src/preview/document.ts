import type { SourceOpener } from '../bytes/source';
import { parseReferences } from '../references/parse';
import { TextPositions } from '../references/position';
import type { ReferenceSet } from '../references/reference-set';
import type { TextSpan } from '../references/types';
import type { KnownTiffs } from '../validate/tiff-lookup';
import type { Finding } from '../validate/types';
import type { HoverChunk, TextRange } from './types';

/** A reference file that is held open, and what is known of it so far. */
export interface PreviewDocument {
  set: ReferenceSet;
  text: Uint8Array;
  positions: TextPositions;
  opener: SourceOpener;
  /** Descriptions of the TIFFs that its references point into. */
  tiffs: KnownTiffs;
  /** Chunks that a hover has shown, by key; failures are not kept. */
  hovered: Map<string, HoverChunk>;
  /** What the last check found; undefined before one. */
  findings?: readonly Finding[];
}

/** Reads a reference file. @throws PlacedError `not-json` or `malformed-reference` as `parseReferences`. */
export function openDocument(text: Uint8Array, url: string | undefined, opener: SourceOpener): PreviewDocument {
  const set = parseReferences(text, url === undefined ? {} : { url });
  return { set, text, positions: new TextPositions(text), opener, tiffs: new Map(), hovered: new Map() };
}

/** The place of a span as editors count it. */
export function textRange(positions: TextPositions, { offset, length }: TextSpan): TextRange {
  const { line, column } = positions.lineColumn(offset);
  const end = positions.lineColumn(offset + length);
  return { line, column, endLine: end.line, endColumn: end.column };
}
