import type { ReadFile } from '../../../src/stack/groups';
import type { TiffPart } from '../../../src/stack/part';
import type { SetFile } from '../../../src/stack/types';

/** What is of interest of a file: by default 32 x 32 pixels of 1 unit in chunks of 16 x 16, uint8 without compression, at (0, 0). */
export interface FileLike {
  name: string;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  date?: string;
  description?: string;
  /** Of each band, in place of `description`. */
  bands?: string[];
  file?: Partial<SetFile>;
}

/** A file as it is read, of which chunk n lies at [256 n, 256 n + 256). */
export function readFile({
  name,
  x = 0,
  y = 0,
  width = 32,
  height = 32,
  date,
  description,
  bands,
  file,
}: FileLike): ReadFile {
  const url = `file:///data/${name}`;
  const count = Math.ceil(width / 16) * Math.ceil(height / 16);
  const numbers = Float64Array.from({ length: count }, (_, chunk) => chunk);
  const part: TiffPart = {
    url,
    name,
    source: { url },
    metadata: {
      zarr_format: 2,
      shape: [height, width],
      chunks: [16, 16],
      dtype: '|u1',
      fill_value: null,
      order: 'C',
      compressor: null,
      filters: null,
    },
    attributes: {},
    dimensions: ['y', 'x'],
    shape: [height, width],
    chunkShape: [16, 16],
    grid: { width, height, transform: [x, 1, 0, y, 0, -1], system: { kind: 'unknown' }, crs: {}, located: true },
    hasNodata: false,
    chunks: { numbers, offsets: numbers.map((chunk) => chunk * 256), lengths: numbers.map(() => 256) },
    inline: [],
    ...(description === undefined ? {} : { descriptions: [description] }),
    ...(bands === undefined ? {} : { descriptions: bands }),
    dates: date === undefined ? [] : [{ text: date, place: 'DateTime (tag 306)' }],
    overviewsLeftOut: 0,
    masksLeftOut: 0,
    warnings: [],
  };
  return { file: { url, target: url, label: name, names: [], ...file }, part };
}
