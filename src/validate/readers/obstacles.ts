import { type LimitName, limits, type ReaderId, readerFacts, readerIds } from '../../references/reader-facts';
import type { ReferenceSet } from '../../references/reference-set';
import { TextPositions } from '../../references/position';
import type { TextSpan } from '../../references/types';
import { groupOf } from '../../zarr/path';
import type { ReaderObstacle, ReaderReport } from './types';

/** Obstacles of one reader that are told; a file may have one for each of a million keys. */
const MOST_TOLD = 100;
const NOWHERE: TextSpan = { offset: 0, length: 0 };

/** What keeps zarr-python from opening the root, and not from opening arrays by their paths. */
const ROOT_ONLY: ReadonlySet<LimitName> = new Set([
  'no-root-group',
  'group-format',
  'group-format-two',
  'consolidated-empty',
  'zarr-v3-no-group',
] as const);

/** What GDAL refuses the whole file for. */
const WHOLE_FILE_OF_GDAL: ReadonlySet<LimitName> = new Set(['malformed', 'null-entry', 'length-4gib']);

/** What comes up when chunks are read, not when a file or group is opened. */
const WHEN_READ: ReadonlySet<LimitName> = new Set([
  'malformed',
  'chunk-unreadable',
  'server-without-ranges',
  'null-entry',
  'whole-file',
  'inline-nul',
  'inline-empty',
  'chunk-short',
  'chunk-long',
  'protocols',
  'not-http',
  'key-form',
  'key-form-v2',
  'key-outside',
  'key-other',
  'in-group',
  'no-group',
  'last-chunk-absent',
  'gen-references',
  'order-f',
  'chain-size',
  'chain-size-quantize',
  'chain-size-behind',
  'packed-24-big',
] as const);

interface Found {
  opens: boolean;
  /** Whether no array can be read. */
  nothing: boolean;
  unread: Set<string>;
  /** Arrays that are read with other values than are meant. */
  misread: Set<string>;
  /** Groups of which no array can be read, as all of a group are opened together. */
  closed: Set<string>;
  obstacles: Omit<ReaderObstacle, 'line' | 'column'>[];
}

/** Collects what stops each reader. */
export class Obstacles {
  private readonly found: Record<ReaderId, Found>;

  constructor(private readonly set: ReferenceSet) {
    const none = (): Found => ({
      opens: true,
      nothing: false,
      unread: new Set(),
      misread: new Set(),
      closed: new Set(),
      obstacles: [],
    });
    this.found = Object.fromEntries(readerIds.map((reader) => [reader, none()])) as Record<ReaderId, Found>;
  }

  /** Notes what is at a place and stops its readers from the array at `path`, or from the file. `detail` goes behind the reason. */
  at(span: TextSpan | undefined, key: string, name: LimitName, path?: string, detail = ''): void {
    this.note(() => span, key, name, path, detail);
  }

  /** As `at`, at the value under `inner` in the document `key` of the array at `path`, or at the key's entry. */
  inside(key: string, inner: (string | number)[], name: LimitName, path: string, detail = ''): void {
    this.note(() => this.set.innerSpan(key, inner) ?? this.set.entrySpan(key), key, name, path, detail);
  }

  /** Notes that a reader gives other values of the array at `path` than are meant, by an error of the metadata, without a word. */
  misread(reader: ReaderId, path: string): void {
    this.found[reader].misread.add(path);
  }

  /** Looks a place up only where it is told: in a document of thousands of codecs that costs a walk each. */
  private note(
    placeOf: () => TextSpan | undefined,
    key: string,
    name: LimitName,
    path: string | undefined,
    detail: string,
  ): void {
    let span: TextSpan | undefined;
    for (const [reader, why] of Object.entries(limits[name]) as [ReaderId, string][]) {
      const found = this.found[reader];
      this.stop(reader, name, path);
      if (found.obstacles.length === MOST_TOLD) continue;
      const reason = detail === '' ? why : `${why} ${detail}`;
      span ??= placeOf() ?? NOWHERE;
      found.obstacles.push({ ...(path === undefined ? {} : { path }), key, span, reason });
    }
  }

  /** `misread`: paths of the arrays whose values are wrong by an error of their own, for every reader that reads them. */
  reports(text: Uint8Array, misread: ReadonlySet<string | undefined>): ReaderReport[] {
    const positions = new TextPositions(text);
    const paths = this.set.arrayPaths();
    return readerIds.map((reader) => {
      const { opens, nothing, unread, closed, misread: ofReader, obstacles } = this.found[reader];
      const { name, tried } = readerFacts[reader];
      const arrays = paths.map((path) => {
        const reads = !nothing && !unread.has(path) && !closed.has(groupOf(path));
        const isWrong = misread.has(path) || ofReader.has(path);
        return { path, reads, ...(reads && isWrong ? { wrong: true as const } : {}) };
      });
      const placed = obstacles
        .sort((a, b) => a.span.offset - b.span.offset)
        .map((obstacle) => ({ ...obstacle, ...positions.lineColumn(obstacle.span.offset) }));
      return { reader, name, tried, opens, arrays, obstacles: placed };
    });
  }

  private stop(reader: ReaderId, name: LimitName, path: string | undefined): void {
    const found = this.found[reader];
    const ofZarr = reader === 'zarr3' || reader === 'zarr2';
    if (ofZarr && ROOT_ONLY.has(name)) {
      found.opens = false;
    } else if (path === undefined || (reader === 'gdal' && WHOLE_FILE_OF_GDAL.has(name))) {
      found.nothing = true;
      if (name !== 'gen-references') found.opens = false;
    } else {
      found.unread.add(path);
      const together = reader === 'xarray' || reader === 'virtualizarr';
      if (!together || WHEN_READ.has(name)) return;
      found.closed.add(groupOf(path));
      if (groupOf(path) === '') found.opens = false;
    }
  }
}
