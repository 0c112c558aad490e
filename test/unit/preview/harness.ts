import type { JsonValue } from '../../../src/json';
import { openDocument, type PreviewDocument } from '../../../src/preview/document';
import { previewChunk } from '../../../src/preview/chunk-preview';
import type { ChunkPreview, ChunkValues } from '../../../src/preview/types';
import { openerOf, type Request } from '../read/harness';

export const url = 'https://x.org/bytes';

/** A `.zarray` as metadata text writes it. */
export function zarrayOf(
  shape: number[],
  chunks: number[],
  dtype: JsonValue,
  more: Record<string, JsonValue> = {},
): Record<string, JsonValue> {
  const metadata = { zarr_format: 2, shape, chunks, dtype, compressor: null, filters: null, fill_value: null };
  return { ...metadata, order: 'C', ...more };
}

/** An open reference file of version 1 with these entries, and files in memory behind it. */
export function documentOf(
  refs: object,
  files: Record<string, Uint8Array> = {},
  requests: Request[] = [],
  base?: string,
): PreviewDocument {
  const text = new TextEncoder().encode(
    JSON.stringify({ version: 1, refs: { '.zgroup': { zarr_format: 2 }, ...refs } }),
  );
  return openDocument(text, base, openerOf(files, requests));
}

export function inline(bytes: ArrayBufferView): string {
  return `base64:${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
}

export const never = new AbortController().signal;

export function preview(document: PreviewDocument, path: string, indices: number[]): Promise<ChunkPreview> {
  return previewChunk(document, path, indices, never);
}

/** The values of a preview that must have some. */
export function valuesOf({ outcome }: ChunkPreview): ChunkValues {
  if (outcome.kind === 'values') return outcome.values;
  throw new Error(`There are no values: ${JSON.stringify(outcome)}`);
}
