import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { applyEdits } from '../../../src/validate/fixes/apply';
import { fixesOf } from '../../../src/validate/fixes/fixes';
import { validateText } from '../../../src/validate/validate';

const CODE = 'tiff/fill-value-domain';
const FILTER = '{"id":"fixedscaleoffset","scale":10000,"offset":-0.1,"dtype":"<f4","astype":"<u2"}';
const ARRAY =
  '{"shape":[4],"chunks":[4],"dtype":"<f4","fill_value":0,"order":"C","filters":[FILTER],"compressor":null,"zarr_format":2}';
const SCALED = ARRAY.replace('[FILTER]', 'null').replace('<f4', '<u2');
const DIMENSIONS = '{"_ARRAY_DIMENSIONS":["x"]}';
const CF = '{"_ARRAY_DIMENSIONS":["x"],"scale_factor":0.0001,"add_offset":-0.1,"_FillValue":0}';

interface Documents {
  zarray?: string;
  zattrs?: string;
  /** Of `.zmetadata`. */
  metadata?: string;
}

/** A reference file with one array "a" of a TIFF; documents as JSON values. */
function file({ zarray = ARRAY, zattrs, metadata }: Documents): string {
  const members = [
    '".zgroup":{"zarr_format":2}',
    ...(metadata === undefined ? [] : [`".zmetadata":{"zarr_consolidated_format":1,"metadata":${metadata}}`]),
    ...(zattrs === undefined ? [] : [`"a/.zattrs":${zattrs}`]),
    `"a/.zarray":${zarray.replace('FILTER', FILTER)}`,
    '"a/0":["x.tif",8,8]',
  ];
  return `{${members.join(',')}}`;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The file with the fix made that the validator's own finding has; undefined where it has none. */
async function mended(text: string): Promise<string | undefined> {
  const finding = (await validateText(bytes(text))).find(({ code }) => code === CODE);
  if (finding === undefined) throw new Error('There is no such finding.');
  const [fix] = fixesOf(finding, parseReferences(bytes(text)), bytes(text));
  return fix === undefined ? undefined : new TextDecoder().decode(applyEdits(bytes(text), fix.edits));
}

const codes = async (text: string): Promise<string[]> => (await validateText(bytes(text))).map(({ code }) => code);

describe('the fix of a scaling filter', () => {
  it('leaves no fault, and none that was not there', async () => {
    const before = file({ zattrs: DIMENSIONS });
    const after = await mended(before);
    expect(after).toBe(file({ zarray: SCALED, zattrs: CF }));
    expect(await codes(after ?? '')).toEqual((await codes(before)).filter((code) => code !== CODE));
  });

  it.each([
    ['has no attributes', undefined],
    ['names no dimensions', '{"units":"1"}'],
  ])('is not offered where the array %s: xarray does not read it, and zarr does not scale', async (_what, zattrs) => {
    expect(await mended(file(zattrs === undefined ? {} : { zattrs }))).toBeUndefined();
  });

  it.each([
    ['stand in base64', `"base64:${Buffer.from('{}').toString('base64')}"`],
    ['stand in a file of their own', '["http://x/zattrs"]'],
    ['are no JSON', '"{\\"_ARRAY_DIMENSIONS\\":[\\"x\\"],}"'],
    ['are a list', '"[]"'],
    ['are a number', '"5"'],
    ['are a string', '"\\"x\\""'],
  ])(
    'is not offered where the attributes %s, since the values would come out 10,000 times too large',
    async (_what, zattrs) => {
      expect(await mended(file({ zattrs }))).toBeUndefined();
    },
  );

  it('is not offered where the stored type does not hold the fill value: -9999 is no <u2', async () => {
    expect(await mended(file({ zarray: ARRAY.replace(':0,', ':-9999,'), zattrs: DIMENSIONS }))).toBeUndefined();
  });

  const group = '".zgroup":{"zarr_format":2}';
  const copy = ARRAY.replace('FILTER', FILTER);

  it('writes the attributes into the consolidated metadata too', async () => {
    const metadata = (zarray: string, zattrs: string): string =>
      `{${group},"a/.zattrs":${zattrs},"a/.zarray":${zarray}}`;
    const after = await mended(file({ zattrs: DIMENSIONS, metadata: metadata(copy, DIMENSIONS) }));
    expect(after).toBe(file({ zarray: SCALED, zattrs: CF, metadata: metadata(SCALED, CF) }));
    expect(await codes(after ?? '')).not.toContain('zarr2/consolidated-stale');
  });

  it.each([
    ['are not as the array is', `{"a/.zarray":{},"a/.zattrs":${DIMENSIONS}}`],
    ['have other attributes', `{"a/.zarray":${copy},"a/.zattrs":{}}`],
    ['lack its attributes', `{"a/.zarray":${copy}}`],
  ])('is not offered where the consolidated metadata %s', async (_what, metadata) => {
    expect(await mended(file({ zattrs: DIMENSIONS, metadata }))).toBeUndefined();
  });
});

describe('a fix of metadata that stand in base64 among the consolidated ones', () => {
  it('is not offered: the two would differ', async () => {
    const zarray = ARRAY.replace('[FILTER]', '[]');
    const consolidated = { zarr_consolidated_format: 1, metadata: { '.zgroup': { zarr_format: 2 }, 'a/.zarray': '' } };
    const copy = JSON.stringify(consolidated).replace('""', zarray);
    const base64 = `"base64:${Buffer.from(copy).toString('base64')}"`;
    const text = file({ zarray }).replace('"a/.zarray"', `".zmetadata":${base64},"a/.zarray"`);
    const [finding] = await validateText(bytes(text));
    expect(finding?.code).toBe('zarr2/filters-empty');
    if (finding !== undefined) expect(fixesOf(finding, parseReferences(bytes(text)), bytes(text))).toEqual([]);
  });
});
