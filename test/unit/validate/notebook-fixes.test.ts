import { beforeAll, describe, expect, it } from 'vitest';
import { provideAssets } from '../../../src/assets';
import type { ByteSource, SourceOpener } from '../../../src/bytes/source';
import { decodeChunk } from '../../../src/codecs/decode';
import { parseReferences } from '../../../src/references/parse';
import { applyEdits } from '../../../src/validate/fixes/apply';
import { fixesOf } from '../../../src/validate/fixes/fixes';
import type { KnownTiffs } from '../../../src/validate/tiff-lookup';
import { validateReferences } from '../../../src/validate/validate';
import { toTypedArray } from '../../../src/zarr/values';
import { notebookCog } from '../../fixtures/notebook/cog';
import { address, notebookJson, size } from '../../fixtures/notebook/facts';
import { trueValues } from '../../fixtures/notebook/tile';
import { readTestAsset } from '../assets';

/** The sparse COG of the notebook, which takes seconds to make. */
let content: ReturnType<typeof notebookCog>;

function cog(): SourceOpener {
  const source: ByteSource = {
    url: address,
    size: () => size,
    validator: () => undefined,
    read: (offset, length) => Promise.resolve(content.read(offset, Math.min(length, size - offset))),
  };
  return { open: () => source };
}

async function findingsOf(text: Uint8Array) {
  const tiffs: KnownTiffs = new Map();
  const set = parseReferences(text);
  return { set, tiffs, findings: await validateReferences(set, text, { opener: cog(), tiffs }) };
}

async function mended(text: Uint8Array, code: string): Promise<Uint8Array> {
  const { set, tiffs, findings } = await findingsOf(text);
  const finding = findings.find((candidate) => candidate.code === code);
  const [fix] = finding === undefined ? [] : fixesOf(finding, set, text, { tiffs });
  if (fix === undefined) throw new Error(`${code} is not found, or has no fix.`);
  return applyEdits(text, fix.edits);
}

async function tile(text: Uint8Array) {
  const set = parseReferences(text);
  const reference = set.chunk('red', [7, 0]);
  if (reference.kind !== 'range') throw new Error(reference.kind);
  const stored = content.read(reference.offset, reference.length);
  const { array } = await decodeChunk(stored, set.array('red'));
  return { values: toTypedArray(array), attributes: set.array('red').attributes };
}

const written = new TextEncoder().encode(JSON.stringify(notebookJson(), undefined, 2));

beforeAll(() => {
  provideAssets(readTestAsset);
  content = notebookCog();
}, 120_000);

describe("the notebook's file, mended", () => {
  it('decodes every row right once delta is the filter of predictor 2', async () => {
    const text = await mended(written, 'tiff/delta-over-rows');
    const { findings } = await findingsOf(text);
    expect(findings.map(({ code }) => code)).toEqual(['tiff/fill-value-domain']);
    const { values } = await tile(text);
    const truth = trueValues();
    // As fixedscaleoffset decodes (numcodecs, fixedscaleoffset.py): stored / scale + offset in doubles, cast to <f4.
    expect(Array.from(truth).findIndex((stored, i) => values[i] !== Math.fround(stored / 10_000 - 0.1))).toBe(-1);
  });

  it('is laid out as before, and says what imagecodecs needs', async () => {
    const text = new TextDecoder().decode(await mended(written, 'tiff/delta-over-rows'));
    const before = new TextDecoder().decode(written);
    const filter = `      {
        "id": "delta",
        "dtype": "<u2",
        "astype": "<u2"
      }`;
    expect(before).toContain(filter);
    // As tifffile and our generator write it (imagecodecs, numcodecs.py, class Delta).
    expect(text).toBe(
      before.replace(
        filter,
        `      {
        "id": "imagecodecs_delta",
        "axis": -1,
        "dist": 1,
        "shape": [1024, 1024],
        "dtype": "<u2"
      }`,
      ),
    );
  });

  it('gives the stored numbers, and by its attributes the same values, once it scales by these', async () => {
    const text = await mended(await mended(written, 'tiff/delta-over-rows'), 'tiff/fill-value-domain');
    const { findings } = await findingsOf(text);
    expect(findings).toEqual([]);
    const { values, attributes } = await tile(text);
    expect(values).toBeInstanceOf(Uint16Array);
    expect(Buffer.compare(new Uint8Array(values.buffer), new Uint8Array(trueValues().buffer))).toBe(0);
    expect(attributes).toEqual({
      _ARRAY_DIMENSIONS: ['Y', 'X'],
      scale_factor: 0.0001,
      add_offset: -0.1,
      _FillValue: 0,
    });
    // Every stored number scales to the value that the filter gave for it, as <f4.
    const codes = Array.from({ length: 65_536 }, (_unused, code) => code);
    const differing = codes.filter(
      (code) =>
        Math.fround(code * Number(attributes.scale_factor) + Number(attributes.add_offset)) !==
        Math.fround(code / 10_000 - 0.1),
    );
    expect(differing).toEqual([]);
  });

  it('is written with the byte order of the TIFF where that is known', async () => {
    const text = new TextEncoder().encode(
      JSON.stringify(notebookJson()).replace('"dtype":"<f4","fill', '"dtype":"f4","fill'),
    );
    const { tiffs } = await findingsOf(written);
    const start = new TextDecoder().decode(text).indexOf('"f4","fill');
    const finding = {
      code: 'zarr2/dtype-byte-order' as 'zarr2/codec-unknown',
      severity: 'error' as const,
      key: 'red/.zarray',
      span: { offset: start, length: 4 },
      line: 1,
      column: start + 1,
      message: '',
    };
    const [tiff] = tiffs.values();
    if (tiff === undefined || tiff === 'other') expect.fail();
    const titles = (byteOrder: 'little' | 'big'): string[] =>
      fixesOf(finding, parseReferences(text), text, { tiffs: new Map([[address, { ...tiff, byteOrder }]]) }).map(
        ({ title }) => title,
      );
    expect(titles('little')).toEqual(['Write "<f4", little-endian']);
    expect(titles('big')).toEqual(['Write ">f4", big-endian']);
  });
});
