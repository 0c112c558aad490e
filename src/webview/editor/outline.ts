import type { DocumentOutline, OutlineNode } from '../../preview/types';
import type { DocumentState } from '../editor-messages';

/** The tree of a reference file as the page holds it: read once from its bytes, and counted once. */
export interface Outline extends Omit<DocumentOutline, 'nodes'> {
  nodes: readonly OutlineNode[];
  byPath: ReadonlyMap<string, OutlineNode>;
  /** Nodes that are no groups. */
  arrays: number;
}

/** `DocumentState` with its outline read. */
export type ShownDocument =
  Exclude<DocumentState, { kind: 'outline' }> | { kind: 'outline'; name: string; outline: Outline };

/** Reads the nodes of an outline. */
export function shownDocument(document: DocumentState): ShownDocument {
  if (document.kind !== 'outline') return document;
  const nodes = JSON.parse(new TextDecoder().decode(document.outline.nodes)) as OutlineNode[];
  const byPath = new Map(nodes.map((node) => [node.path, node]));
  const arrays = nodes.reduce((count, { kind }) => count + (kind === 'group' ? 0 : 1), 0);
  return { ...document, outline: { ...document.outline, nodes, byPath, arrays } };
}
