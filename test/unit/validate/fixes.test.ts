import { describe, expect, it } from 'vitest';
import { compactJson } from '../../../src/json';
import { parseReferences } from '../../../src/references/parse';
import type { ReferenceSet } from '../../../src/references/reference-set';
import { runAtOnce } from '../../../src/steps';
import { applyEdits } from '../../../src/validate/fixes/apply';
import { fixAll, fixesOf } from '../../../src/validate/fixes/fixes';
import { fixers } from '../../../src/validate/fixes/fixers';
import { styleOf } from '../../../src/validate/fixes/style';
import { ruleOf, type RuleCode, rules } from '../../../src/validate/rules';
import type { Finding } from '../../../src/validate/types';
import { validateText } from '../../../src/validate/validate';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const chars = (text: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(text);

function read(text: Uint8Array): ReferenceSet | undefined {
  try {
    return parseReferences(text);
  } catch {
    return undefined;
  }
}

/** A finding at the place of the first `piece` behind `after`. */
function findingAt(text: string, code: string, key: string, piece: string, after = ''): Finding {
  const start = text.indexOf(piece, text.indexOf(after));
  if (start < 0) throw new Error(`${piece} does not stand in ${text}`);
  const span = { offset: bytes(text.slice(0, start)).length, length: bytes(piece).length };
  return { code: code as RuleCode, severity: 'error', key, span, line: 1, column: 1, message: '' };
}

/** The text once the fix of a finding is made: the first, or the one of this number. */
function mended(text: string, finding: Finding, which = 0): string {
  const file = bytes(text);
  const fix = fixesOf(finding, read(file), file)[which];
  if (fix === undefined) throw new Error('There is no such fix.');
  return chars(applyEdits(file, fix.edits));
}

function titles(text: string, finding: Finding): string[] {
  const file = bytes(text);
  return fixesOf(finding, read(file), file).map(({ title }) => title);
}

/** A file with the document of `a/.zarray` in it, as an object or as a string. */
const files = {
  nested: (document: string): string => `{".zgroup":{"zarr_format":2},"a/.zarray":${document},"a/0.0":["x",1,2]}`,
  'as a string': (document: string): string => files.nested(JSON.stringify(document)),
};

const DOCUMENT =
  '{"shape": [4, 4], "chunks": [2, 2], "dtype": "<f4", "fill_value": 0, "order": "C", "filters": null, "compressor": null, "zarr_format": 2}';
const within = (from: string, to: string): string => DOCUMENT.replace(from, to);
const spaced = within('{', '{ "by": "a\\/b \\u00fc \\"q\\"",\r\n\t');

/** Documents before and after, the piece that a finding stands at, its code, and which fix. */
const documents: [string, string, string, string, string, number?][] = [
  ['zarr2/dtype-byte-order', '"f4"', within('<f4', 'f4'), DOCUMENT, 'little-endian first'],
  ['zarr2/dtype-byte-order', '"f4"', within('<f4', 'f4'), within('<f4', '>f4'), 'big-endian', 1],
  ['zarr2/dtype-byte-order', '"|u2"', within('<f4', '|u2'), within('<f4', '<u2'), '|u2'],
  ['zarr2/dtype-byte-order', '"|u2"', within('<f4', '|u2'), within('<f4', '>u2'), '|u2, big-endian', 1],
  ['zarr2/dtype-byte-order', '"=M8[ns]"', within('<f4', '=M8[ns]'), within('<f4', '<M8[ns]'), 'native, with a unit'],
  ['zarr2/dtype-byte-order', '"S5"', within('<f4', 'S5'), within('<f4', '|S5'), 'a byte string has none'],
  ['zarr2/dtype-byte-order', '"O"', within('<f4', 'O'), within('<f4', '|O'), 'an object has none'],
  ['zarr2/dtype-spelling', '"<u1"', within('<f4', '<u1'), within('<f4', '|u1'), 'one byte'],
  ['zarr2/dtype-byte-order', '"uint16"', within('<f4', 'uint16'), within('<f4', '<u2'), "numpy's name"],
  [
    'zarr2/dtype-byte-order',
    '"u2"',
    within('"<f4"', '[["a", "u2"], ["b", "<f4"]]'),
    within('"<f4"', '[["a", "<u2"], ["b", "<f4"]]'),
    'a field of a structured type',
  ],
  ['zarr2/fill-value-spelling', '"nan"', within(': 0', ': "nan"'), within(': 0', ': "NaN"'), 'nan'],
  ['zarr2/fill-value-spelling', '"-inf"', within(': 0', ': "-inf"'), within(': 0', ': "-Infinity"'), '-inf'],
  ['zarr2/fill-value-spelling', '"+Infinity"', within(': 0', ': "+Infinity"'), within(': 0', ': "Infinity"'), 'a sign'],
  [
    'zarr2/fill-value-spelling',
    '["nan", 0.50]',
    within(': 0', ': ["nan", 0.50]'),
    within(': 0', ': ["NaN", 0.50]'),
    'a part of a complex number',
  ],
  ['zarr2/fill-value-float', '0.0', within(': 0', ': 0.0'), DOCUMENT, '0.0'],
  ['zarr2/fill-value-float', '-9999.00', within(': 0', ': -9999.00'), within(': 0', ': -9999'), '-9999.00'],
  [
    'zarr2/fill-value-float',
    '9223372036854775000.0',
    within(': 0', ': 9223372036854775000.0'),
    within(': 0', ': 9223372036854775000'),
    'more digits than a double holds',
  ],
  ['zarr2/fill-value-float', '1e3', within(': 0', ': 1e3'), within(': 0', ': 1000'), 'an exponent'],
  ['zarr2/order', '"c"', within('"C"', '"c"'), DOCUMENT, 'a small letter'],
  ['zarr2/filters-empty', '[]', within('"filters": null', '"filters": []'), DOCUMENT, 'an empty list'],
  ['zarr2/zarr-format', '"2"', within('_format": 2', '_format": "2"'), DOCUMENT, 'a string'],
  ['zarr2/zarr-format', '2.0', within('_format": 2', '_format": 2.0'), DOCUMENT, 'a fraction'],
  ['json/bare-nan', 'NaN', within(': 0', ': NaN'), within(': 0', ': "NaN"'), 'NaN'],
  ['json/bare-nan', '-Infinity', within(': 0', ': [1, -Infinity]'), within(': 0', ': [1, "-Infinity"]'), 'in a list'],
  [
    'zarr2/codec-config',
    '"4"',
    within('"compressor": null', '"compressor": {"id": "shuffle", "elementsize": "4"}'),
    within('"compressor": null', '"compressor": {"id": "shuffle", "elementsize": 4}'),
    'a number in quotes',
  ],
  ['zarr2/dtype-byte-order', '"f4"', spaced.replace('<f4', 'f4'), spaced, 'escapes, tabs and CRLF around it'],
];

describe('a fix that would leave a fault', () => {
  it.each(['f3', '=f3', '|f3', 'u3', '|b8'])('is not offered: "%s" is no type in either byte order', async (dtype) => {
    const text = files.nested(within('<f4', dtype));
    const finding = (await validateText(bytes(text))).find(({ code }) => code.startsWith('zarr2/dtype'));
    if (finding === undefined) expect.fail();
    expect(titles(text, finding)).toEqual([]);
  });

  it('is not offered: without a delta that stores another type the chunks are too short', () => {
    const filter = '{"id":"delta","dtype":"<u4","astype":"<u2"}';
    const text = files.nested(within('"filters": null', `"filters": [${filter}]`).replace('<f4', '<u4'));
    expect(titles(text, findingAt(text, 'tiff/delta-without-predictor', 'a/.zarray', filter))).toEqual([]);
  });
});

describe.each(Object.entries(files))('a fix in metadata %s', (form, file) => {
  const written = (piece: string): string => (form === 'nested' ? piece : JSON.stringify(piece).slice(1, -1));

  it.each(documents)('%s at %s', (code, piece, before, after, _what, which) => {
    const text = file(before);
    expect(mended(text, findingAt(text, code, 'a/.zarray', written(piece), 'a/.zarray'), which)).toBe(file(after));
  });

  it.each([
    ['as it is spaced', '{"shape": [4], "chunks": [2], "dtype": "|u1"}', ', '],
    ['minified', '{"shape":[4],"chunks":[2],"dtype":"|u1"}', ','],
    ['a member a line', '{\n  "shape": [4],\n  "chunks": [2],\n  "dtype": "|u1"\n}', ',\n  '],
    ['a member a line, CRLF and tabs', '{\r\n\t"shape": [4],\r\n\t"chunks": [2],\r\n\t"dtype": "|u1"\r\n}', ',\r\n\t'],
  ])('adds the missing fields: %s', (_what, before, gap) => {
    const colon = before.includes('": ') ? ': ' : ':';
    const members = [
      ['zarr_format', '2'],
      ['compressor', 'null'],
      ['fill_value', 'null'],
      ['order', '"C"'],
      ['filters', 'null'],
    ];
    const added = members.map(([key, value]) => `${gap}"${key}"${colon}${value}`).join('');
    const after = before.replace('"|u1"', `"|u1"${added}`);
    const text = file(before);
    const document = form === 'nested' ? before : JSON.stringify(before).slice(1, -1);
    expect(mended(text, findingAt(text, 'zarr2/zarray-field-missing', 'a/.zarray', document))).toBe(file(after));
  });

  it.each([
    ['{}', '{"zarr_format":2}'],
    ['{ }', '{"zarr_format":2 }'],
  ])('adds a field to %s', (before, after) => {
    const group = (value: string): string =>
      file(DOCUMENT).replace('{"zarr_format":2}', form === 'nested' ? value : JSON.stringify(value));
    const text = group(before);
    const piece = form === 'nested' ? before : before;
    expect(mended(text, findingAt(text, 'zarr2/zgroup', '.zgroup', piece, '.zgroup'))).toBe(group(after));
  });

  it('removes the only filter, or one of several', () => {
    const only = '{"id": "delta", "dtype": "<f4"}';
    const other = '{"id": "zlib"}';
    const filters = (list: string): string => file(within('"filters": null', `"filters": ${list}`));
    const cases = [
      [`[${only}]`, 'null'],
      [`[${only}, ${other}]`, `[${other}]`],
      [`[${other}, ${only}]`, `[${other}]`],
      [`[${other}, ${only}, ${other}]`, `[${other}, ${other}]`],
    ] as const;
    for (const [before, after] of cases) {
      const text = filters(before);
      const finding = findingAt(text, 'tiff/delta-without-predictor', 'a/.zarray', written(only));
      expect(mended(text, finding)).toBe(filters(after));
    }
  });

  it('scales by attributes in place of the filter, with the digits that CF has', () => {
    // Of a scale of 10000 the reciprocal is 0.0001; stored / 10000 - 0.1 is stored * 0.0001 - 0.1 (numcodecs; CF 8.1).
    const filter = '{"id": "fixedscaleoffset", "offset": -0.1, "scale": 10000.0, "dtype": "<f4", "astype": "<u2"}';
    const delta = '{"id": "delta", "dtype": "<u2"}';
    const attributes = (value: string): string => (form === 'nested' ? value : JSON.stringify(value));
    const whole = (zarray: string, zattrs: string): string =>
      file(zarray).replace('"a/0.0"', `"a/.zattrs":${attributes(zattrs)},"a/0.0"`);
    const text = whole(
      within('"filters": null', `"filters": [${filter}, ${delta}]`),
      '{"_ARRAY_DIMENSIONS":["y","x"]}',
    );
    const finding = findingAt(text, 'tiff/fill-value-domain', 'a/.zarray', '0', written('"fill_value"'));
    expect(mended(text, finding)).toBe(
      whole(
        within('"filters": null', `"filters": [${delta}]`).replace('<f4', '<u2'),
        '{"_ARRAY_DIMENSIONS":["y","x"],"scale_factor":0.0001,"add_offset":-0.1,"_FillValue":0}',
      ),
    );
    // What scales already is not scaled twice.
    const scaled = text.replace(written('{"_ARRAY'), written('{"scale_factor":2,"_ARRAY'));
    expect(
      titles(scaled, findingAt(scaled, 'tiff/fill-value-domain', 'a/.zarray', '0', written('"fill_value"'))),
    ).toEqual([]);
  });

  it('states the separator of the keys, or writes the keys anew', () => {
    const slashed = (zarray: string, key: string): string => file(zarray).replace('a/0.0', key);
    const text = slashed(DOCUMENT, 'a/0/0');
    const finding = findingAt(text, 'zarr2/chunk-key-separator', 'a/0/0', '"a/0/0"');
    expect(titles(text, finding)).toEqual(['Write "dimension_separator": "/"', 'Write the keys with "."']);
    expect(mended(text, finding)).toBe(slashed(within(': 2}', ': 2, "dimension_separator": "/"}'), 'a/0/0'));
    expect(mended(text, finding, 1)).toBe(file(DOCUMENT));
    // As json.dumps of PHP and others writes slashes.
    const escaped = slashed(DOCUMENT, 'a\\/0\\/0');
    const inEscaped = findingAt(escaped, 'zarr2/chunk-key-separator', 'a/0/0', '"a\\/0\\/0"');
    expect(mended(escaped, inEscaped, 1)).toBe(slashed(DOCUMENT, 'a\\/0.0'));
    const stated = within(': 2}', ': 2, "dimension_separator": "/"}');
    const dotted = file(stated);
    const inDotted = findingAt(dotted, 'zarr2/chunk-key-separator', 'a/0.0', '"a/0.0"');
    expect(mended(dotted, inDotted)).toBe(file(stated.replace('"/"', '"."')));
    expect(mended(dotted, inDotted, 1)).toBe(slashed(stated, 'a/0/0'));
  });

  it('mends the copy among the consolidated metadata too, where it says the same', () => {
    const consolidated = (document: string): string =>
      file(document).replace(
        '"a/0.0"',
        `".zmetadata":{"zarr_consolidated_format":1,"metadata":{"a/.zarray":${document},"b/.zarray":${document}}},"a/0.0"`,
      );
    const before = consolidated(within('<f4', 'f4'));
    const after = before
      .replace(file(within('<f4', 'f4')).slice(0, -20), file(DOCUMENT).slice(0, -20))
      .replace(`"metadata":{"a/.zarray":${within('<f4', 'f4')}`, `"metadata":{"a/.zarray":${DOCUMENT}`);
    expect(mended(before, findingAt(before, 'zarr2/dtype-byte-order', 'a/.zarray', written('"f4"')))).toBe(after);
  });
});

describe('a fix of the text', () => {
  it('removes a byte order mark and nothing else', () => {
    const text = `\ufeff${files.nested(DOCUMENT)}`;
    const finding = findingAt(text, 'json/byte-order-mark', '', '\ufeff');
    expect(mended(text, finding)).toBe(files.nested(DOCUMENT));
  });

  it.each([
    ['{"a": 1,}', ',}', '{"a": 1}'],
    ['{"a": [1, 2,\r\n ]\r\n}', ',\r\n ]', '{"a": [1, 2\r\n ]\r\n}'],
    ['{"a": ",}", "b": 2 , }', ', }', '{"a": ",}", "b": 2  }'],
  ])('removes the comma that nothing follows in %s', (before, place, after) => {
    const finding = { ...findingAt(before, 'json/syntax', '', place, 'b') };
    finding.span.length = 1;
    expect(mended(before, finding)).toBe(after);
  });

  it('removes all such commas, those in strings not', () => {
    const text = '{"a": [1,], "b": ",}\\",]", "c": {"d": 1,},}';
    const finding = findingAt(text, 'json/syntax', '', ',');
    expect(titles(text, finding)).toEqual(['Remove the comma', 'Remove 3 commas that nothing follows']);
    expect(mended(text, finding, 1)).toBe('{"a": [1], "b": ",}\\",]", "c": {"d": 1}}');
  });

  it.each([
    ['None', 'null'],
    ['True', 'true'],
    ['nan', '"NaN"'],
  ])("writes JSON's word for Python's %s", async (word, written) => {
    const text = `{"a": ${word}}`;
    const [finding] = await validateText(bytes(text));
    if (finding === undefined) expect.fail();
    expect(mended(text, finding)).toBe(`{"a": ${written}}`);
  });

  it('leaves half a file alone', async () => {
    const [finding] = await validateText(bytes('{"a": [1, 2'));
    if (finding === undefined) expect.fail();
    expect(titles('{"a": [1, 2', finding)).toEqual([]);
  });

  it('removes the comma inside metadata that stand as a string', async () => {
    const text = files['as a string'](within(': 2}', ': 2,}'));
    const [finding] = await validateText(bytes(text));
    if (finding === undefined) expect.fail();
    expect(finding.code).toBe('kerchunk/metadata-json');
    expect(mended(text, finding)).toBe(files['as a string'](DOCUMENT));
  });

  it('leaves base64 alone', async () => {
    const text = files.nested(`"base64:${Buffer.from(within(': 0', ': NaN')).toString('base64')}"`);
    const [finding] = await validateText(bytes(text));
    if (finding === undefined) expect.fail();
    expect(finding.code).toBe('json/bare-nan');
    expect(titles(text, finding)).toEqual([]);
  });

  it('leaves a bare NaN in a reference alone', async () => {
    const text = files.nested(DOCUMENT).replace('"x",1', '"x",NaN');
    for (const finding of (await validateText(bytes(text))).filter(({ code }) => code === 'json/bare-nan'))
      expect(titles(text, finding)).toEqual([]);
  });

  it('writes all nested metadata as strings, which are one finding', async () => {
    const refs = (a: string, b: string): string =>
      `{"version":1,"refs":{".zgroup":${a},"a/.zgroup":${b},"b/.zgroup":"{\\"zarr_format\\":2}"}}`;
    const nested = '{"zarr_format": 2}';
    const { text, count } = await allMended(refs(nested, nested), 'kerchunk/nested-in-version1');
    expect(count).toBe(1);
    expect(text).toBe(refs('"{\\"zarr_format\\":2}"', '"{\\"zarr_format\\":2}"'));
  });

  it('writes nested metadata as strings, numbers as they were written', () => {
    const nested = '{\r\n  "scale": 1.0, "big": 12345678901234567890,\t"quoted": "a \\"b\\" \\/ c",\n"n": NaN }';
    const text = `{"version":1,"refs":{".zgroup":${nested},"a":["x"]}}`;
    const string =
      '"{\\"scale\\":1.0,\\"big\\":12345678901234567890,\\"quoted\\":\\"a \\\\\\"b\\\\\\" \\\\/ c\\",\\"n\\":NaN}"';
    expect(mended(text, findingAt(text, 'kerchunk/nested-in-version1', '.zgroup', nested))).toBe(
      `{"version":1,"refs":{".zgroup":${string},"a":["x"]}}`,
    );
  });

  it.each([
    ['{"version": "1", "refs": {".zgroup": {}}}', '"1"', '{"version": 1, "refs": {".zgroup": {}}}'],
    ['{"version":1.0,"refs":{".zgroup":{}}}', '1.0', '{"version":1,"refs":{".zgroup":{}}}'],
    ['{"refs": {".zgroup": {}}}', '"refs"', '{"version": 1, "refs": {".zgroup": {}}}'],
    ['{"refs":{".zgroup":{}}}', '"refs"', '{"version":1,"refs":{".zgroup":{}}}'],
    [
      '{\r\n\t"templates": {},\r\n\t"refs": {".zgroup": {}}\r\n}',
      '"refs"',
      '{\r\n\t"templates": {},\r\n\t"version": 1,\r\n\t"refs": {".zgroup": {}}\r\n}',
    ],
  ])('writes the version: %s', (before, place, after) => {
    const key = place === '"refs"' ? 'refs' : 'version';
    expect(mended(before, findingAt(before, 'kerchunk/version', key, place))).toBe(after);
  });
});

describe('the layout of JSON', () => {
  it('is kept of a string of any length, without its own white space, which is data', () => {
    const long = ' \\" '.repeat(5_000_000);
    expect(compactJson(`{ "t" : "${long}" ,\n "u": [ "\\\\" , "a b" ] }`)).toBe(`{"t":"${long}","u":["\\\\","a b"]}`);
    expect(styleOf(`{"t":"${long}, : "}`)).toEqual({ colon: ':', comma: ',' });
    expect(styleOf('{"t": "a,b", "u": 1}')).toEqual({ colon: ': ', comma: ', ' });
  });
});

describe('an entry that is removed', () => {
  const zgroup = '".zgroup": {}';
  it.each([
    ['in the middle of a line', `{${zgroup}, "a": null, "b": 1}`, `{${zgroup}, "b": 1}`],
    ['at the end of a line', `{${zgroup}, "a": null}`, `{${zgroup}}`],
    ['at the beginning', `{"a": null, ${zgroup}}`, `{${zgroup}}`],
    ['minified', `{${zgroup},"a":null,"b":1}`, `{${zgroup},"b":1}`],
    ['on a line of its own', `{\n  ${zgroup},\n  "a": null,\n  "b": 1\n}\n`, `{\n  ${zgroup},\n  "b": 1\n}\n`],
    ['on the last line', `{\r\n\t${zgroup},\r\n\t"a": null\r\n}`, `{\r\n\t${zgroup}\r\n}`],
    ['on the first line', `{\n"a": null,\n    ${zgroup}\n}`, `{\n    ${zgroup}\n}`],
    ['behind another on its line', `{${zgroup}, "a": null,\n "b": 1}`, `{${zgroup},\n "b": 1}`],
    ['before another on its line', `{${zgroup},\n "a": null, "b": 1}`, `{${zgroup},\n "b": 1}`],
    ['with its comma on the next line', `{${zgroup}\n, "a": null\n, "b": 1}`, `{${zgroup}\n, "b": 1}`],
  ])('%s', (_what, before, after) => {
    expect(mended(before, findingAt(before, 'kerchunk/null-value', 'a', 'null'))).toBe(after);
  });

  it('is the one at fault where a key stands twice', () => {
    const text = '{".zgroup": {}, "a": null, "a": ["x"]}';
    expect(mended(text, findingAt(text, 'kerchunk/null-value', 'a', 'null'))).toBe('{".zgroup": {}, "a": ["x"]}');
  });
});

async function allMended(text: string, code: string, alternative?: string): Promise<{ text: string; count: number }> {
  const file = bytes(text);
  const findings = (await validateText(file)).filter((finding) => finding.code === code);
  const fix = runAtOnce(fixAll(findings, read(file), file, { alternative }));
  if (fix === undefined) throw new Error('Nothing can be done.');
  const ends = fix.edits.map(({ span }) => span.offset + span.length);
  fix.edits.forEach(({ span }, i) => {
    expect(span.offset).toBeGreaterThanOrEqual(i === 0 ? 0 : (ends[i - 1] ?? 0));
  });
  return { text: chars(applyEdits(file, fix.edits)), count: fix.count };
}

describe('all findings of a code', () => {
  it('are removed with the right commas, side by side and at both ends', async () => {
    const entries = (keys: string): string =>
      Array.from(keys)
        .map((letter, i) => `\n  "${letter}${i}": ${letter === 'z' ? '["x", 1, 0]' : '["x", 1, 2]'}`)
        .join(',');
    const metadata = '".zgroup": {"zarr_format": 2}';
    for (const keys of ['z', 'zz', 'zg', 'gz', 'gzz', 'zgz', 'zzgzzgzz', 'ggzzzgg']) {
      const kept = entries(keys)
        .split(',\n')
        .filter((line) => !line.includes('"z'))
        .map((line) => line.replace(/^\n?/u, '\n'))
        .join(',');
      const first = await allMended(`{${metadata},${entries(keys)}\n}`, 'kerchunk/length-zero');
      expect(first.text).toBe(kept === '' ? `{${metadata}\n}` : `{${metadata},${kept}\n}`);
      const last = await allMended(`{${entries(keys)},\n  ${metadata}\n}`, 'kerchunk/length-zero');
      expect(last.text).toBe(kept === '' ? `{\n  ${metadata}\n}` : `{${kept},\n  ${metadata}\n}`);
      expect(last.count).toBe(Array.from(keys).filter((letter) => letter === 'z').length);
    }
  });

  it('are mended by one edit where one does for several', async () => {
    const text = files.nested('{"shape":[4,4],"chunks":[2,2],"dtype":"|u1","zarr_format":2}');
    const { text: after } = await allMended(text, 'zarr2/zarray-field-missing');
    expect(after).toBe(
      files.nested(
        '{"shape":[4,4],"chunks":[2,2],"dtype":"|u1","zarr_format":2,"compressor":null,"fill_value":null,"order":"C","filters":null}',
      ),
    );
  });

  it('of 23,735 entries are mended, as many as are listed', async () => {
    const lines = Array.from({ length: 23_735 }, (_unused, i) => `"a/${i}": ["x", ${i}, ${i % 5 === 4 ? 7 : 0}]`);
    const kept = lines.filter((line) => line.endsWith(' 7]'));
    const { text } = await allMended(`{\n".zgroup": {},\n${lines.join(',\n')}\n}`, 'kerchunk/length-zero');
    const rest = text.split('\n').filter((line) => line.includes('"x"'));
    expect(rest.slice(0, 3)).toEqual(kept.slice(0, 3).map((line) => `${line},`));
  });
});

const fixable = Object.keys(rules).filter((code) => ruleOf(code)?.fix !== undefined);

describe('every rule that names a quick fix', () => {
  it.each(fixable)('%s has one', (code) => {
    expect(Object.keys(fixers)).toContain(code);
  });

  const withExamples = fixable.filter((code) => ruleOf(code)?.examples !== undefined);
  it.each(withExamples)('%s: its example is good once it is mended', async (code) => {
    const breaks = ruleOf(code)?.examples?.breaks ?? '';
    const { text } = await allMended(breaks, code);
    expect(await validateText(bytes(text))).toEqual([]);
  });

  it.each(withExamples)('%s: so it is with the metadata as strings', async (code) => {
    const breaks = ruleOf(code)?.examples?.breaks ?? '';
    const strings = breaks.replace(
      /("[^"]*(?:\.z(?:array|attrs|group)|zarr\.json)": )(\{[^\n]*?\})(?=,?\n)/gu,
      (_all, key: string, document: string) => `${key}${JSON.stringify(document)}`,
    );
    const { text } = await allMended(strings, code);
    expect(await validateText(bytes(text))).toEqual([]);
  });
});
