import type { JsonValue } from '../../json';
import type { ReferenceSet } from '../../references/reference-set';
import type { TextSpan } from '../../references/types';
import type { KnownTiffs } from '../tiff-lookup';
import type { Finding } from '../types';
import type { EditableText } from './editable-text';

/** A piece of a file and what stands there instead; an empty span inserts. */
export interface Edit {
  /** Bytes of the file. */
  span: TextSpan;
  text: string;
}

/** A quick fix: all of it or nothing. Its edits do not overlap and stand in the order of the text. */
export interface Fix {
  /** The name of an action: "Write the byte order: <u2". */
  title: string;
  edits: Edit[];
  /** There is no doubt that this is what was meant. */
  isPreferred?: boolean;
  /** Which way it goes, where there are several: "little-endian". */
  alternative?: string;
}

/** What stands behind a reference file, as far as a fix may ask for it. */
export interface FixSources {
  /** What is known of the files behind references; nothing is fetched. */
  tiffs?: KnownTiffs;
}

/** What a fixer is given. `set` is undefined where the text cannot be read. */
export interface FixContext extends Required<FixSources> {
  finding: Finding;
  set: ReferenceSet | undefined;
  text: Uint8Array;
}

/**
 * One step of a fix, in the terms of JSON, at a place of `document`. What becomes of commas and white space is settled only when all steps are
 * known: of two members that stand side by side, both may go.
 */
export type Change =
  | { kind: 'replace'; document: EditableText; span: TextSpan; text: string }
  /** A member of an object, from its key to the end of its value, or an element of a list. */
  | { kind: 'remove'; document: EditableText; span: TextSpan }
  /** New members at the end of the object that begins at `object`. */
  | { kind: 'add'; document: EditableText; object: number; members: [key: string, value: JsonValue][] }
  /** A new member before the one that begins at `at`; `value` as JSON text. */
  | { kind: 'before'; document: EditableText; at: number; key: string; value: string };

/** A fix in steps. */
export interface Remedy {
  title: string;
  /** Gone through once, and no further than is needed: there may be one for every key. */
  changes: Iterable<Change>;
  isPreferred?: boolean;
  alternative?: string;
}

/** What can be done about a finding, the best first; nothing, or a remedy without changes, where a person must decide. */
export type Fixer = (context: FixContext) => Iterable<Remedy>;
