/** Where the part of a chunk that lies inside the array stands along one axis. */
export interface HoverAxis {
  /** Of the dimension, else of what its coordinates are called; '' where neither has a name. */
  name: string;
  /** Indices in the array of the chunk's first and last element, inclusive. */
  first: number;
  last: number;
  /** Coordinates there, null where there is no value; null where the axis has none. */
  coordinates: { first: string | null; last: string | null; unit: string | null } | null;
}

/** A reference into the same file. */
export interface Neighbour {
  key: string;
  /** Bytes between it and the chunk: 0 where they adjoin; below 0 where they overlap, by so many bytes. */
  gap: number;
}

/** What references have of a file before and behind a chunk's range; null where there is none. */
export interface Neighbours {
  before: Neighbour | null;
  after: Neighbour | null;
}
