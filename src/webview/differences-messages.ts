import type { SetDifferences } from '../preview/set-difference-types';

/** Which of the two sets. */
export type Side = 'before' | 'after';

/** A set that is compared, as the page names it. */
export interface ComparedSet {
  name: string;
  /** Where it is: a path, or an address without its secrets. */
  location: string;
}

/** What the page keeps as its state, and what comes back with it after a reload of the window. `format` changes when the shape does. */
export interface DifferencesState {
  format: 1;
  /** Addresses of the files for VS Code. */
  before: string;
  after: string;
  /** Paths of the arrays that are unfolded; absent before the user has folded or unfolded one. */
  open?: string[];
  /** How far the page is scrolled, in CSS pixels. */
  scroll?: number;
}

/** From the host to the page. */
export type ToDifferencesPage =
  | {
      type: 'compared';
      sets: Record<Side, ComparedSet>;
      files: Record<Side, string>;
      differences: SetDifferences;
    }
  | {
      type: 'failed';
      sets: Record<Side, ComparedSet>;
      files: Record<Side, string>;
      message: string;
      /** Nothing is wrong but that the workspace is not trusted. */
      restricted: boolean;
    }
  /** The sets are compared at present; `message`: how far that is. */
  | { type: 'comparing'; sets: Record<Side, ComparedSet>; files: Record<Side, string>; message: string };

/** From the page to the host. */
export type FromDifferencesPage =
  | { type: 'ready' }
  /** Opens a set in the viewer, at an array or a chunk of it where one is named. */
  | { type: 'open'; side: Side; path: string | null; indices: number[] | null }
  | { type: 'again' }
  | { type: 'swap' }
  | { type: 'manageTrust' };
