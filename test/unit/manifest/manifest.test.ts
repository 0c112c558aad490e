import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json';
import { manifestOfReferences } from '../../../src/manifest/from-references';
import { entriesOfManifest } from '../../../src/manifest/to-entries';
import { parseReferences } from '../../../src/references/parse';
import { byteArray } from '../../support/zarray';

const zarray = byteArray([4, 4], [2, 2]);

const parse = (refs: object) => parseReferences(new TextEncoder().encode(JSON.stringify({ version: 1, refs })));
const entries = (refs: object) => Object.fromEntries(entriesOfManifest(manifestOfReferences(parse(refs))));

describe('a manifest', () => {
  it('gives back what a file holds, metadata as objects', () => {
    const refs = {
      '.zgroup': { zarr_format: 2 },
      '.zattrs': { title: 'test' },
      'a/.zarray': zarray,
      'a/.zattrs': { _ARRAY_DIMENSIONS: ['y', 'x'] },
      'a/0.0': ['file:///a', 0, 4],
      'a/0.1': ['file:///b'],
      'a/1.1': 'abcd',
    };
    expect(entries(refs)).toEqual(refs);
  });

  it('leaves out consolidated metadata, null entries and keys beyond the grid', () => {
    const refs = {
      '.zgroup': { zarr_format: 2 },
      'a/.zarray': zarray,
      'a/0.0': ['file:///a', 0, 4],
    };
    const more = { ...refs, '.zmetadata': { metadata: {} }, 'a/1.0': null, 'a/2.0': ['file:///a', 4, 4] };
    expect(entries(more)).toEqual(refs);
  });

  it('writes inline bytes that are no plain text, or would read as base64, as base64', () => {
    const refs = { 'a/.zarray': zarray, 'a/0.0': 'base64:AAECAw==', 'a/0.1': 'base64:YmFzZTY0Og==' };
    const written = entries(refs);
    expect(written['a/0.0']).toBe('base64:AAECAw==');
    expect(written['a/0.1']).toBe('base64:YmFzZTY0Og==');
  });

  it('adds the groups that are missing, each before what lies in it', () => {
    const manifest = manifestOfReferences(parse({ 'one/two/a/.zarray': zarray, 'one/.zgroup': { zarr_format: 2 } }));
    expect(manifest.groups.map(({ path }) => path)).toEqual(['', 'one', 'one/two']);
  });

  it('keeps zarr.json of version 3 whole, and consolidates it in the root', () => {
    const document: JsonObject = {
      zarr_format: 3,
      node_type: 'array',
      shape: [4],
      data_type: 'uint8',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [2] } },
      chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
      fill_value: 0,
      codecs: [{ name: 'bytes' }],
      attributes: { units: 'm' },
      dimension_names: ['x'],
    };
    const refs = {
      'zarr.json': { zarr_format: 3, node_type: 'group', attributes: { title: 'test' } },
      'a/zarr.json': document,
      'a/c/1': ['file:///a', 2, 2],
    };
    const consolidated = { kind: 'inline', must_understand: false, metadata: { a: document } };
    expect(entries(refs)).toEqual({
      ...refs,
      'zarr.json': { ...refs['zarr.json'], consolidated_metadata: consolidated },
    });
  });

  it('refuses a set whose array cannot be read', () => {
    expect(() => entries({ 'a/.zarray': { ...zarray, shape: 'none' } })).toThrow(/shape/u);
  });

  it.each([
    ['.zattrs', '{broken', '.zattrs: it is not JSON'],
    ['.zgroup', '[2]', '.zgroup: it is no JSON object'],
    ['a/.zattrs', '{broken', 'a/.zattrs: it is not JSON'],
    ['a/.zattrs', ['file:///zattrs'], 'a/.zattrs: it stands in a file of its own'],
  ])('refuses a set whose %s is %j, which would be lost', (key, document, message) => {
    const refs = { '.zgroup': { zarr_format: 2 }, 'a/.zarray': zarray };
    expect(() => entries({ ...refs, [key]: document })).toThrow(message);
  });

  it('keeps the attributes of groups that have nothing else', () => {
    const refs = { '.zattrs': { title: 'all' }, 'one/.zattrs': { title: 'one' }, 'one/a/.zarray': zarray };
    expect(entries(refs)).toMatchObject(refs);
  });
});
