import type { Repair } from './what-if-types';
import { isCompressing, storedSize } from '../codecs/registry';
import type { ZarrArray } from '../zarr/types';
import { codecText } from './codec-text';
import { codecInserted, codecRemoved, codecReplaced } from './encoding-edits';
import type { Encoding } from './encoding-text';

/** How a compressed stream begins, and the codec that undoes it. */
const BEGINNINGS: readonly {
  id: string;
  name: string;
  same: readonly string[];
  begins: (bytes: Uint8Array) => boolean;
}[] = [
  { id: 'gzip', name: 'gzip', same: ['gzip'], begins: starts(0x1f, 0x8b, 8) },
  { id: 'zstd', name: 'Zstandard', same: ['zstd', 'imagecodecs_zstd'], begins: starts(0x28, 0xb5, 0x2f, 0xfd) },
  { id: 'bz2', name: 'bzip2', same: ['bz2'], begins: starts(0x42, 0x5a, 0x68) },
  { id: 'lzma', name: 'xz', same: ['lzma'], begins: starts(0xfd, 0x37, 0x7a, 0x58, 0x5a) },
  {
    id: 'zlib',
    name: 'zlib',
    same: ['zlib', 'imagecodecs_zlib', 'imagecodecs_deflate'],
    begins: ([first = 0, second = 0]) => (first & 0x0f) === 8 && first >> 4 <= 7 && (256 * first + second) % 31 === 0,
  },
];

function starts(...magic: number[]): (bytes: Uint8Array) => boolean {
  return (bytes) => magic.every((byte, at) => bytes[at] === byte);
}

/** What the first bytes of a chunk say of its compression, and its length. */
export function fromBytes(array: ZarrArray, encoding: Encoding, stored: Uint8Array): Repair[] {
  const { codecs, chunkShape, dataType, zarrFormat } = array;
  const outer = codecs.at(-1);
  const isCompressed = outer !== undefined && isCompressing(outer.id);
  const last = codecs.length - 1;
  if (isCompressed && storedSize(codecs.slice(0, -1), chunkShape, dataType) === stored.length) {
    const why = `The stored bytes are as many as those of the chunk’s values: they are not compressed.`;
    return [{ title: `Without ${outer.id}`, why, encoding: codecRemoved(encoding, last) }];
  }
  const found = BEGINNINGS.find(({ begins }) => begins(stored));
  if (found === undefined || found.same.includes(outer?.id ?? '')) return [];
  if (!isCompressed && storedSize(codecs, chunkShape, dataType) === stored.length) return [];
  const text = codecText(zarrFormat, found.id, configOf(found.id, zarrFormat));
  const why = `The stored bytes begin as ${found.name} does.`;
  return [
    isCompressed
      ? { title: `${found.id} in place of ${outer.id}`, why, encoding: codecReplaced(encoding, last, text) }
      : { title: `With ${found.id}`, why, encoding: codecInserted(encoding, codecs.length, text, true) },
  ];
}

/** What zarr v3 wants to be told though no reader needs it. */
function configOf(id: string, zarrFormat: 2 | 3): Record<string, number | boolean> {
  if (id === 'zlib') return { level: 6 };
  if (zarrFormat === 2 || (id !== 'gzip' && id !== 'zstd')) return {};
  return id === 'gzip' ? { level: 5 } : { level: 0, checksum: false };
}
