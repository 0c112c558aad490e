import { beforeAll, describe, expect, it } from 'vitest';
import { provideAssets } from '../../../src/assets';
import type { ByteSource, SourceOpener } from '../../../src/bytes/source';
import { KerchunkError } from '../../../src/errors';
import { generateReferences } from '../../../src/generate/generate';
import { openDocument } from '../../../src/preview/document';
import { hoverChunk } from '../../../src/preview/hover-chunk';
import { describeTiff } from '../../../src/tiff/describe';
import { notebookCog } from '../../fixtures/notebook/cog';
import { address, knownRows, notebookJson, size } from '../../fixtures/notebook/facts';
import { trueValues } from '../../fixtures/notebook/tile';
import { readTestAsset } from '../assets';
import { never, preview, valuesOf } from './harness';

const SIDE = 1024;
const columns = [0, 1, 2, 1021, 1022, 1023];

/** The sparse COG under the notebook's address; `requests` are the offsets that were read. */
function cog(requests: number[] = []): SourceOpener {
  const content = notebookCog();
  const source: ByteSource = {
    url: address,
    size: () => size,
    validator: () => undefined,
    read: (offset, length) => {
      requests.push(offset);
      return Promise.resolve(content.read(offset, Math.min(length, size - offset)));
    },
  };
  return { open: () => source };
}

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

beforeAll(async () => {
  provideAssets(readTestAsset);
  // Building the table takes seconds.
  await readTestAsset('epsg.bin');
}, 120_000);

describe("tile (7,0) of the notebook's file", () => {
  it('shows the values that readers get, and beside them the truth and how far each row is from it', async () => {
    const requests: number[] = [];
    const document = openDocument(encode(notebookJson()), undefined, cog(requests));
    const found = await preview(document, 'red', [7, 0]);
    const sent = valuesOf(found);
    const read = new Float32Array(sent.data);
    for (const { row, printed } of knownRows) {
      columns.forEach((column, i) => {
        expect(read[row * SIDE + column]).toBeCloseTo(printed[i] ?? NaN, 4);
      });
    }
    const { drift } = found;
    expect(drift).not.toBeNull();
    if (drift === null) return;
    const truth = new Float32Array(drift.truth);
    for (const { row, truth: stored } of knownRows) {
      // fixedscaleoffset: stored / 10000 - 0.1.
      columns.forEach((column, i) => {
        expect(truth[row * SIDE + column]).toBeCloseTo((stored[i] ?? NaN) / 10_000 - 0.1, 4);
      });
    }
    const perRow = new Float64Array(drift.perRow);
    expect(perRow).toHaveLength(SIDE);
    expect(perRow[0]).toBe(0);
    for (const { row, printed, truth: stored } of knownRows.slice(1)) {
      const offset = printed[0] - (stored[0] / 10_000 - 0.1);
      expect(perRow[row]).toBeGreaterThanOrEqual(Math.abs(offset) - 1e-4);
    }
    expect(drift.message).toContain('numcodecs delta sums over the whole chunk');
    expect(drift.message).toContain('red/7.0, 1023 of 1024 rows are wrong');
    const highest = trueValues().reduce((most, value) => Math.max(most, value), 0) / 10_000 - 0.1;
    expect(Number(drift.truthStatistics.maximum)).toBeCloseTo(highest, 4);
    expect(Number(sent.statistics.maximum)).toBeGreaterThan(highest);
    // The headers of the TIFF, and the tile.
    expect(requests).toEqual([161_151_032, 0]);
    await preview(document, 'red', [7, 1]);
    expect(requests).toHaveLength(3);
  });

  it('says so in the hover too', async () => {
    const document = openDocument(encode(notebookJson()), undefined, cog());
    const { drift, result } = await hoverChunk(document, 'red', [7, 0], never);
    expect(drift).toContain('1023 of 1024 rows are wrong');
    expect(result.kind).toBe('picture');
  });

  it('has no drift with the preset portable, whose values are the true ones', async () => {
    const tiff = await describeTiff(cog().open(address));
    const options = { preset: 'portable', targetUrl: address, overviews: false, coordinates: true } as const;
    const { text } = await generateReferences(tiff, options);
    const document = openDocument(new TextEncoder().encode(text), undefined, cog());
    const found = await preview(document, 'band_data', [7, 0]);
    expect(found.drift).toBeNull();
    const truth = trueValues();
    expect(Buffer.compare(Buffer.from(valuesOf(found).data), Buffer.from(truth.buffer))).toBe(0);
    expect(valuesOf(found)).toMatchObject({ nodata: '0', scaling: { scale: 0.0001, offset: -0.1 } });
    // 600000 + 10 * (column + 0.5) and 5100000 - 10 * (7168 + row + 0.5).
    expect(found.coordinates.map(({ name, texts }) => [name, texts[0], texts.length])).toEqual([
      ['y', '5028315', SIDE],
      ['x', '600005', SIDE],
    ]);
    expect(await hoverChunk(document, 'band_data', [7, 0], never)).toMatchObject({ drift: null });
  });

  it('is not said to drift where the headers of the TIFF cannot be read', async () => {
    const source = cog().open(address);
    const withoutHeaders: ByteSource = {
      url: address,
      size: () => size,
      validator: () => undefined,
      read: (offset, length) =>
        offset === 0 ? Promise.reject(new KerchunkError('fetch-failed', 'No headers.')) : source.read(offset, length),
    };
    const opener: SourceOpener = { open: () => withoutHeaders };
    const found = await preview(openDocument(encode(notebookJson()), undefined, opener), 'red', [7, 0]);
    expect(found.outcome.kind).toBe('values');
    expect(found.drift).toBeNull();
  });
});
