import { describe, expect, it } from 'vitest';
import { validateText } from '../../../src/validate/validate';
import type { Finding } from '../../../src/validate/types';

const validate = (text: string): Promise<Finding[]> => validateText(new TextEncoder().encode(text));
const told = (findings: Finding[]): string[] => findings.map(({ code, severity }) => `${code} ${severity}`);
const at = (text: string, finding: Finding | undefined): string =>
  finding === undefined ? '' : text.slice(finding.span.offset, finding.span.offset + finding.span.length);

type Documents = Record<string, Record<string, unknown>>;

const documents: Documents = {
  '.zgroup': { zarr_format: 2 },
  '.zattrs': { title: 'a' },
  'a/.zarray': {
    ...{ zarr_format: 2, shape: [2], chunks: [2], dtype: '<f4', filters: null, compressor: null, order: 'C' },
    fill_value: 1,
  },
  'a/.zattrs': { _ARRAY_DIMENSIONS: ['x'], units: 'm' },
};

/** The documents, and a `.zmetadata` of `metadata`. */
const file = (metadata: unknown, format: unknown = 1): string =>
  JSON.stringify({ ...documents, '.zmetadata': { zarr_consolidated_format: format, metadata } });

/** A copy of the documents, changed. */
function changed(change: (copy: Documents) => void): Documents {
  const copy = structuredClone(documents);
  change(copy);
  return copy;
}

// What xarray 2024.11 with zarr-python 2.18.3 and 2026.9 with 3.1.6 do with open_zarr(store), which reads consolidated metadata first.
describe('consolidated metadata', () => {
  it('are good as they are, in any order of members', async () => {
    expect(await validate(file(documents))).toEqual([]);
    const reversed = Object.fromEntries(
      Object.entries(documents)
        .toReversed()
        .map(([key, value]) => [key, Object.fromEntries(Object.entries(value).toReversed())]),
    );
    expect(await validate(file(reversed))).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['another format', file(documents, 2), '2'],
    ['a format that is text', file(documents, '1'), '"1"'],
    ['metadata that are a list', file([]), '[]'],
    ['metadata that are null', file(null), 'null'],
    ['a document that is text', file({ ...documents, 'a/.zarray': '{}' }), '"{}"'],
    ['a document that is null', file({ ...documents, 'a/.zattrs': null }), 'null'],
  ])('are refused with %s', async (_what, text, place) => {
    const findings = await validate(text);
    expect(told(findings)).toEqual(['zarr2/consolidated error']);
    expect(at(text, findings[0])).toBe(place);
  });

  it.each<[string, Documents, string]>([
    ['another fill value', changed((copy) => Object.assign(copy['a/.zarray'] ?? {}, { fill_value: 7 })), '7'],
    ['another attribute', changed((copy) => Object.assign(copy['a/.zattrs'] ?? {}, { units: 'km' })), '"km"'],
    ['an array more', changed((copy) => (copy['b/.zarray'] = { zarr_format: 2 })), '{"zarr_format":2}'],
  ])('are stale with %s', async (_what, metadata, place) => {
    const text = file(metadata);
    const findings = await validate(text);
    expect(told(findings)).toEqual(['zarr2/consolidated-stale warning']);
    expect(at(text, findings[0])).toBe(place);
  });

  it('are stale where a document is missing, and name it', async () => {
    const findings = await validate(file(changed((copy) => delete copy['a/.zattrs'])));
    expect(told(findings)).toEqual(['zarr2/consolidated-stale warning']);
    expect(findings[0]?.message).toContain('"a/.zattrs" is not in .zmetadata');
  });

  it('tell of twenty documents, and count the rest', async () => {
    const more = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`b${i}/.zattrs`, {}]));
    const findings = await validate(file({ ...documents, ...more }));
    expect(findings).toHaveLength(21);
    expect(findings.map(({ message }) => message).join('\n')).toContain('10 more documents');
  });
});

describe('zarr v2 and v3 in one file', () => {
  const v3 = { zarr_format: 3, node_type: 'group' };

  it('is told once, at the first zarr.json', async () => {
    const text = JSON.stringify({ ...documents, 'g/zarr.json': v3, 'zarr.json': v3 });
    const findings = await validate(text);
    expect(told(findings)).toEqual(['zarr2/mixed-versions warning']);
    expect(findings[0]?.key).toBe('zarr.json');
  });

  it('is not told of a file of one of them', async () => {
    expect(told(await validate(JSON.stringify({ 'zarr.json': v3, 'g/zarr.json': v3 })))).not.toContain(
      'zarr2/mixed-versions warning',
    );
  });
});
