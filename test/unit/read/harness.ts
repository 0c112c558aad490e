import { MemorySource } from '../../../src/bytes/memory';
import type { ByteSource, SourceOpener } from '../../../src/bytes/source';
import { KerchunkError } from '../../../src/errors';
import type { JsonObject, JsonValue } from '../../../src/json';
import type { ChunkLookup } from '../../../src/read/lookup';
import type { ChunkReference } from '../../../src/references/types';
import { parseZarrayV2 } from '../../../src/zarr/v2';
import type { ZarrArray } from '../../../src/zarr/types';

export function zarray(shape: number[], chunks: number[], dtype: JsonValue, more: JsonObject = {}): ZarrArray {
  const document = { zarr_format: 2, shape, chunks, dtype, compressor: null, filters: null, fill_value: 0, order: 'C' };
  return parseZarrayV2('a', { ...document, ...more }, undefined);
}

/** References by the chunk's indices, joined by dots. */
export function lookup(references: Record<string, ChunkReference>, url?: string): ChunkLookup {
  return {
    ...(url === undefined ? {} : { url }),
    chunk: (_path, indices) => references[indices.join('.')] ?? { kind: 'absent' },
  };
}

export interface Request {
  url: string;
  offset: number;
  length: number;
}

/** Serves files from memory and notes the requests; a file that is not there fails as the web does. */
export function openerOf(files: Record<string, Uint8Array>, requests: Request[] = []): SourceOpener {
  return {
    open(url): ByteSource {
      const bytes = files[url];
      const source = new MemorySource(url, bytes ?? new Uint8Array());
      return {
        url,
        size: () => undefined,
        validator: () => undefined,
        read: async (offset, length, signal) => {
          requests.push({ url, offset, length });
          if (bytes === undefined) throw new KerchunkError('fetch-failed', `${url} gave 404.`);
          return source.read(offset, length, signal);
        },
      };
    },
  };
}

/** A grid of uint8 chunks, each in a place of its own in one file with `gap` bytes between, and what the whole array holds. */
export function byteGrid(shape: [number, number], chunks: [number, number], gap = 0) {
  const [height, width] = shape;
  const [ch, cw] = chunks;
  const truth = (row: number, column: number): number => (row * 31 + column * 7 + 1) & 0xff;
  const references: Record<string, ChunkReference> = {};
  const file: number[] = [];
  for (let r = 0; r * ch < height; r++) {
    for (let c = 0; c * cw < width; c++) {
      references[`${r}.${c}`] = { kind: 'range', url: 'https://x.test/f', offset: file.length, length: ch * cw };
      for (let i = 0; i < ch; i++) for (let j = 0; j < cw; j++) file.push(truth(r * ch + i, c * cw + j));
      for (let i = 0; i < gap; i++) file.push(0xee);
    }
  }
  return { array: zarray(shape, chunks, '|u1', { fill_value: 200 }), references, file: Uint8Array.from(file), truth };
}
