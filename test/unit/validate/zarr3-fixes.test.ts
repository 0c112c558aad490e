import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { applyEdits } from '../../../src/validate/fixes/apply';
import { fixesOf } from '../../../src/validate/fixes/fixes';
import { validateText } from '../../../src/validate/validate';

const ARRAY = `{
  "zarr_format": 3,
  "node_type": "array",
  "shape": [4, 4],
  "data_type": "uint16",
  "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2, 2]}},
  "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
  "fill_value": 0,
  "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}],
  "dimension_names": ["y", "x"]
}`;
const BYTES = '{"name": "bytes", "configuration": {"endian": "little"}}';
const GZIP = '{"name": "gzip", "configuration": {"level": 1}}';
const TRANSPOSE = '{"name": "transpose", "configuration": {"order": [1, 0]}}';

/** The metadata with pieces of their text replaced. */
function within(...pairs: [from: string, to: string][]): string {
  return pairs.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${from} does not stand in ${text}`);
    return text.replace(from, to);
  }, ARRAY);
}

const codecs = (...list: string[]): [string, string] => [BYTES, list.join(', ')];
const ofFloats = (fill: string): string =>
  within(['"uint16"', '"float32"'], ['"fill_value": 0', `"fill_value": ${fill}`]);
const filled = (type: string, fill: string): string =>
  within(['uint16', type], ['"fill_value": 0', `"fill_value": ${fill}`]);

function file(document: string, form: 'nested' | 'as a string', chunks: string[] = []): string {
  const entries = chunks.map((key, index) => `"a/${key}":["https://example.org/a.bin",${8 * index},8]`);
  const group = '{"zarr_format":3,"node_type":"group"}';
  const array = form === 'nested' ? document : JSON.stringify(document);
  return `{"zarr.json":${group},"a/zarr.json":${array}${entries.map((entry) => `,${entry}`).join('')}}`;
}

/** The file once the first finding of a code is mended, the first way or that of the number `which`; undefined where there is none. */
async function mended(text: string, code: string, which = 0): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(text);
  const finding = (await validateText(bytes)).find((one) => one.code === code);
  if (finding === undefined) throw new Error(`${code} is not found.`);
  const fix = fixesOf(finding, parseReferences(bytes), bytes)[which];
  return fix === undefined ? undefined : new TextDecoder().decode(applyEdits(bytes, fix.edits));
}

const cases: [what: string, code: string, before: string, after: string, which?: number][] = [
  ['a version in quotes', 'zarr3/zarr-format', within(['_format": 3', '_format": "3"']), ARRAY],
  ['a version with a fraction', 'zarr3/zarr-format', within(['_format": 3', '_format": 3.0']), ARRAY],
  ['a capital letter', 'zarr3/node-type', within(['"array"', '"Array"']), ARRAY],
  ['a length with a fraction', 'zarr3/shape', within(['[4, 4]', '[4.0, 4]']), ARRAY],
  ['a side with a fraction', 'zarr3/chunk-grid', within(['[2, 2]', '[2, 2.0]']), ARRAY],
  ['a type of C', 'zarr3/data-type', within(['uint16', 'double']), within(['uint16', 'float64'])],
  ['a type of zarr v2', 'zarr3/data-type', within(['uint16', '<u2']), ARRAY],
  ['nan', 'zarr3/fill-value-type', ofFloats('"nan"'), ofFloats('"NaN"')],
  ['-inf', 'zarr3/fill-value-type', ofFloats('"-inf"'), ofFloats('"-Infinity"')],
  ['a float in quotes', 'zarr3/fill-value-type', ofFloats('"-1.50"'), ofFloats('-1.50')],
  ['an integer in quotes', 'zarr3/fill-value-type', filled('uint16', '"7"'), filled('uint16', '7')],
  ['an integer with a fraction', 'zarr3/fill-value-type', filled('uint16', '7.0'), filled('uint16', '7')],
  ['0 of bool', 'zarr3/fill-value-type', filled('bool', '0'), filled('bool', 'false')],
  ['"True" of bool', 'zarr3/fill-value-type', filled('bool', '"True"'), filled('bool', 'true')],
  [
    'a part of a complex number',
    'zarr3/fill-value-type',
    filled('complex64', '[0, "nan"]'),
    filled('complex64', '[0, "NaN"]'),
  ],
  [
    'too few names',
    'zarr3/dimension-names',
    within(['["y", "x"]', '["y"]']),
    within([',\n  "dimension_names": ["y", "x"]', '']),
  ],
  [
    'what must not be passed over',
    'zarr3/must-understand',
    within(['"name": "regular"', '"name": "regular", "must_understand": false']),
    ARRAY,
  ],
  ['a compressor before the bytes', 'zarr3/codecs-order', within(codecs(GZIP, BYTES)), within(codecs(BYTES, GZIP))],
  [
    'a filter behind the bytes',
    'zarr3/codecs-order',
    within(codecs(BYTES, TRANSPOSE)),
    within(codecs(TRANSPOSE, BYTES)),
  ],
  [
    'all in disorder',
    'zarr3/codecs-order',
    within(codecs(GZIP, BYTES, TRANSPOSE)),
    within(codecs(TRANSPOSE, BYTES, GZIP)),
  ],
  ['no bytes, little-endian', 'zarr3/codecs-order', within(codecs(GZIP)), within(codecs(BYTES, GZIP))],
  [
    'no bytes, big-endian',
    'zarr3/codecs-order',
    within(codecs(TRANSPOSE, GZIP)),
    within(codecs(TRANSPOSE, BYTES.replace('little', 'big'), GZIP)),
    1,
  ],
  [
    'no bytes of one',
    'zarr3/codecs-order',
    within(['uint16', 'uint8'], codecs(GZIP)),
    within(['uint16', 'uint8'], codecs('{"name": "bytes"}', GZIP)),
  ],
  [
    'a name of numcodecs',
    'zarr3/codec-unknown',
    within(codecs(BYTES, '{"name": "zlib", "configuration": {"level": 1}}')),
    within(codecs(BYTES, '{"name": "numcodecs.zlib", "configuration": {"level": 1}}')),
  ],
  [
    'a name alone',
    'zarr3/string-codec',
    within(['uint16', 'uint8'], codecs('"bytes"')),
    within(['uint16', 'uint8'], codecs('{"name":"bytes"}')),
  ],
  [
    'a name alone, big-endian',
    'zarr3/string-codec',
    within(codecs('"bytes"')),
    within(codecs(BYTES.replace('little', 'big').replaceAll(' ', ''))),
    1,
  ],
  ['no byte order', 'zarr3/endian', within(codecs('{"name": "bytes"}')), ARRAY],
  [
    'no byte order, big-endian',
    'zarr3/endian',
    within(codecs('{"name": "bytes"}')),
    within(codecs(BYTES.replace('little', 'big'))),
    1,
  ],
  ['a byte order in capitals', 'zarr3/endian', within(['"little"', '"Little"']), ARRAY],
  ['a byte order of numpy', 'zarr3/endian', within(['"little"', '">"']), within(['"little"', '"big"'])],
  [
    'the order F',
    'zarr3/transpose',
    within(codecs(TRANSPOSE.replace('[1, 0]', '"F"'), BYTES)),
    within(codecs(TRANSPOSE.replace('[1, 0]', '[1,0]'), BYTES)),
  ],
  [
    'the order C',
    'zarr3/transpose',
    within(codecs(TRANSPOSE.replace('[1, 0]', '"C"'), BYTES)),
    within(codecs(TRANSPOSE.replace('[1, 0]', '[0,1]'), BYTES)),
  ],
  [
    'a level in quotes',
    'zarr3/codec-config',
    within(codecs(BYTES, GZIP.replace('1', '"1"'))),
    within(codecs(BYTES, GZIP)),
  ],
  [
    'a shuffle of zarr v2',
    'zarr3/codec-config',
    within(
      codecs(
        BYTES,
        '{"name": "blosc", "configuration": {"cname": "lz4", "clevel": 5, "shuffle": 1, "typesize": 2, "blocksize": 0}}',
      ),
    ),
    within(
      codecs(
        BYTES,
        '{"name": "blosc", "configuration": {"cname": "lz4", "clevel": 5, "shuffle": "shuffle", "typesize": 2, "blocksize": 0}}',
      ),
    ),
  ],
  [
    'no configuration',
    'zarr3/codec-config',
    within(codecs(BYTES, '{"name": "numcodecs.zlib"}')),
    within(codecs(BYTES, '{"name": "numcodecs.zlib", "configuration": {}}')),
  ],
];

describe.each(['nested', 'as a string'] as const)('a fix of zarr.json %s', (form) => {
  it.each(cases)('%s: %s', async (_what, code, before, after, which) => {
    const text = await mended(file(before, form), code, which);
    expect(text).toBe(file(after, form));
    const left = await validateText(new TextEncoder().encode(text));
    expect(left.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('the head of zarr.json', () => {
  const group = (members: string): string => `{"zarr.json":{${members}}}`;

  it('is written for an array and for a group', async () => {
    const array = within(['"zarr_format": 3,\n  "node_type": "array",\n  ', '']);
    const text = await mended(file(array, 'nested'), 'zarr3/field-missing');
    expect(JSON.parse(text ?? '')).toEqual(JSON.parse(file(ARRAY, 'nested')));
    expect(await mended(group('"zarr_format":3,"attributes":{}'), 'zarr3/field-missing')).toBe(
      group('"zarr_format":3,"attributes":{},"node_type":"group"'),
    );
  });
});

describe('chunk keys of another form than the chunk key encoding makes', () => {
  const keys = (form: (y: number, x: number) => string): string[] =>
    [0, 1].flatMap((y) => [0, 1].map((x) => form(y, x)));
  const encoding = (name: string, separator: string): [string, string] => [
    '{"name": "default", "configuration": {"separator": "/"}}',
    `{"name": "${name}", "configuration": {"separator": "${separator}"}}`,
  ];

  it.each([
    ['c.0.0', 'default', '.', keys((y, x) => `c.${y}.${x}`)],
    ['0.0', 'v2', '.', keys((y, x) => `${y}.${x}`)],
    ['0/0', 'v2', '/', keys((y, x) => `${y}/${x}`)],
  ])('%s: the encoding is stated, or the keys are written anew', async (_key, name, separator, written) => {
    const before = file(ARRAY, 'nested', written);
    expect(await mended(before, 'zarr3/chunk-key-form')).toBe(
      file(within(encoding(name, separator)), 'nested', written),
    );
    const right = keys((y, x) => `c/${y}/${x}`);
    expect(await mended(before, 'zarr3/chunk-key-form', 1)).toBe(file(ARRAY, 'nested', right));
  });

  it('are written anew where others are right', async () => {
    const [first = '', ...others] = keys((y, x) => `c/${y}/${x}`);
    const before = file(ARRAY, 'nested', ['0.0', ...others]);
    expect(await mended(before, 'zarr3/chunk-key-form')).toBe(file(ARRAY, 'nested', [first, ...others]));
  });

  it('are left where all chunks are there', async () => {
    const all = keys((y, x) => `c/${y}/${x}`);
    expect(await mended(file(ARRAY, 'nested', [...all, '0.0']), 'zarr3/chunk-key-form')).toBeUndefined();
  });
});

describe('no fix is offered', () => {
  it.each([
    ['a type of the other byte order', 'zarr3/data-type', within(['uint16', '>u2'])],
    ['a float, which may have 4 bytes or 8', 'zarr3/data-type', within(['uint16', 'float'])],
    ['one number for a complex one', 'zarr3/fill-value-type', filled('complex64', '"1.5"')],
    ['NaN for a complex number', 'zarr3/fill-value-type', filled('complex64', '"nan"')],
    ['NaN of integers', 'zarr3/fill-value-type', filled('uint16', '"nan"')],
    ['a number beyond the type', 'zarr3/fill-value-type', filled('uint16', '"70000"')],
    ['an exponent in quotes', 'zarr3/fill-value-type', filled('uint16', '"1e2"')],
    ['two codecs that make bytes', 'zarr3/codecs-order', within(codecs(BYTES, BYTES))],
    ['a fill value that is missing', 'zarr3/field-missing', within(['"fill_value": 0,\n  ', ''])],
    ['a name of no string', 'zarr3/dimension-names', within(['["y", "x"]', '["y", 1]'])],
  ])('for %s', async (_what, code, text) => {
    expect(await mended(file(text, 'nested'), code)).toBeUndefined();
  });
});
