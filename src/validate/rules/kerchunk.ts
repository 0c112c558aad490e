import { CHUNK, references, withArray, zarray } from './examples';
import { KERCHUNK_SPEC, type Rule } from './types';

const FSSPEC = 'fsspec, fsspec/implementations/reference.py';

/** A file of version 1 with the array `a`; `refs` are entries beside its metadata, `members` stand beside `refs`, key and value as JSON text. */
function version1(refs: Record<string, string>, members: Record<string, string> = { version: '1' }): string {
  const all = { ...members, refs: references({ 'a/.zarray': zarray(), ...refs }) };
  return `{${Object.entries(all)
    .map(([key, value]) => `${JSON.stringify(key)}: ${value}`)
    .join(', ')}}`;
}

const good = withArray(zarray());
const templated = '["{{u}}", 8, 8]';
const versionAndTemplate = { version: '1', templates: '{"u": "https://example.org/a.tif"}' };

/** The layout of a reference file, apart from what its zarr metadata say. */
export const kerchunkRules = {
  'kerchunk/no-references': {
    severity: 'error',
    title: 'The file is JSON and no reference file.',
    explanation:
      'It is no object, or has no key that ends in .zgroup, .zarray or zarr.json. A list of reference documents must be taken apart into files.',
    source: `${KERCHUNK_SPEC}, version 0 and version 1`,
    examples: { breaks: '{"name": "a"}', good },
  },
  'kerchunk/version': {
    severity: 'error',
    title: 'The version and the layout do not agree.',
    explanation:
      'Without "version" the object itself is the map of references (version 0); with "version": 1, an integer, references stand under ' +
      '"refs". fsspec raises on any other version and takes a file without it for version 0, whatever else is in it.',
    source: `${KERCHUNK_SPEC}, version 1; ${FSSPEC}, _process_references`,
    fix: 'Write "version": 1',
    examples: { breaks: version1({ 'a/0.0': CHUNK }, { version: '"1"' }), good: version1({ 'a/0.0': CHUNK }) },
  },
  'kerchunk/unknown-key': {
    severity: 'info',
    title: 'Version 1 does not know this key beside "refs".',
    explanation: 'Readers ignore it. Where it is a reference, it belongs under "refs".',
    source: `${KERCHUNK_SPEC}, version 1`,
    examples: {
      breaks: version1({ 'a/0.0': CHUNK }, { version: '1', comment: '"made by hand"' }),
      good: version1({ 'a/0.0': CHUNK }),
    },
  },
  'kerchunk/duplicate-key': {
    severity: 'warning',
    title: 'A key stands twice.',
    explanation:
      'JSON readers keep the last one without a word, and the other is lost. Often two files were joined, or "gen" makes a key that "refs" has too.',
    source: 'RFC 8259 (JSON), section 4',
    examples: {
      breaks: good.replace(/\n\}$/u, `,\n  "a/0.0": ${CHUNK}\n}`),
      good: withArray(zarray(), { 'a/0.0': CHUNK, 'a/0.1': '["https://example.org/a.tif", 16, 8]' }),
    },
  },
  'kerchunk/metadata-json': {
    severity: 'error',
    title: 'A metadata key holds no JSON object.',
    explanation:
      'The value of .zgroup, .zarray, .zattrs, .zmetadata and zarr.json is a JSON object, or a string (plain or base64) whose text is one. zarr fails on anything else.',
    source: `${KERCHUNK_SPEC}, version 0`,
    examples: { breaks: withArray('"{\\"zarr_format\\": 2"'), good: withArray(JSON.stringify(zarray())) },
  },
  'kerchunk/reference-shape': {
    severity: 'error',
    title: 'A value is no reference.',
    explanation:
      'A reference is a string (the data itself), [url] (a whole file) or [url, offset, length]. fsspec fails on a list of two or four, on numbers and on truth values.',
    source: `${KERCHUNK_SPEC}, version 0; ${FSSPEC}, _cat_common`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", 8]' }),
      good: withArray(zarray(), { 'a/0.0': '["https://example.org/a.bin"]' }),
    },
  },
  'kerchunk/null-value': {
    severity: 'warning',
    title: 'A value is null.',
    explanation:
      "VirtualiZarr reads it as a missing chunk; fsspec and GDAL refuse it. A missing chunk is one whose key isn't there: leave it out.",
    source: `${KERCHUNK_SPEC}, version 0; VirtualiZarr, parsers/kerchunk`,
    fix: 'Remove the entry',
    examples: { breaks: withArray(zarray(), { 'a/0.0': 'null' }), good: withArray(zarray(), { 'a/0.1': CHUNK }) },
  },
  'kerchunk/offset': {
    severity: 'error',
    title: 'An offset is no byte position.',
    explanation: 'It is an integer from 0 to 2^53 - 1, written without quotes, fraction or exponent.',
    source: `${KERCHUNK_SPEC}, version 0`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", -8, 8]' }),
      good: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", 0, 8]' }),
    },
  },
  'kerchunk/length': {
    severity: 'error',
    title: 'A length is no number of bytes.',
    explanation:
      'It is an integer from 1 on, written without quotes, fraction or exponent, and the range ends before byte 2^53.',
    source: `${KERCHUNK_SPEC}, version 0`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", 8, "8"]' }),
      good: withArray(zarray()),
    },
  },
  'kerchunk/length-zero': {
    severity: 'error',
    title: 'A range has no bytes.',
    explanation:
      'No chunk is empty. It is mostly a sparse tile of a TIFF, whose key must be left out so that it reads as the fill value; fsspec asks ' +
      'the server for nothing and fails, or gives bytes that do not decode.',
    source: 'zarr-developers/VirtualiZarr#1088; virtual-zarr/virtual-tiff#108',
    fix: 'Remove the entry',
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", 8, 0]' }),
      good: withArray(zarray(), { 'a/0.1': CHUNK }),
    },
  },
  'kerchunk/base64': {
    severity: 'error',
    title: 'Inline data is not base64.',
    explanation:
      'A string that begins with "base64:" is decoded by the standard alphabet, with padding. fsspec fails on the chunk.',
    source: `${KERCHUNK_SPEC}, version 0; RFC 4648, section 4`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '"base64:AAAAAAAAAA="' }),
      good: withArray(zarray(), { 'a/0.0': '"base64:AAAAAAAAAAA="' }),
    },
  },
  'kerchunk/template-shape': {
    severity: 'error',
    title: 'A template is no string.',
    explanation: '"templates" is an object of names and strings.',
    source: `${KERCHUNK_SPEC}, version 1, "templates"`,
    examples: {
      breaks: version1({ 'a/0.0': CHUNK }, { version: '1', templates: '{"u": 1}' }),
      good: version1({ 'a/0.0': templated }, versionAndTemplate),
    },
  },
  'kerchunk/template-undefined': {
    severity: 'error',
    title: 'A template is used and not defined.',
    explanation:
      'fsspec fails on the whole file, or asks for an address with the braces in it. Define the name under "templates".',
    source: `${KERCHUNK_SPEC}, version 1, "templates"; ${FSSPEC}, _process_templates`,
    examples: {
      breaks: version1({ 'a/0.0': '["{{v}}", 8, 8]' }, versionAndTemplate),
      good: version1({ 'a/0.0': templated }, versionAndTemplate),
    },
  },
  'kerchunk/template-not-evaluated': {
    severity: 'warning',
    title: 'A template holds more than names.',
    explanation:
      'Jinja beyond names, arithmetic and calls of templates is not evaluated here, so the references with it cannot be looked at; readers of other languages do not evaluate it either.',
    source: `${KERCHUNK_SPEC}, version 1, "templates"`,
    examples: {
      breaks: version1({ 'a/0.0': '["{{u|upper}}", 8, 8]' }, versionAndTemplate),
      good: version1({ 'a/0.0': templated }, versionAndTemplate),
    },
  },
  'kerchunk/template-function': {
    severity: 'warning',
    title: 'A template is called as a function.',
    explanation:
      'fsspec fails on it unless it is opened with simple_templates=False, and GDAL refuses all templates. Write the addresses out.',
    source: `${KERCHUNK_SPEC}, version 1, "templates"; ${FSSPEC}, _process_templates`,
    examples: {
      breaks: version1(
        { 'a/0.0': '["{{f(c=\'a\')}}", 8, 8]' },
        { version: '1', templates: '{"f": "https://example.org/{{c}}.tif"}' },
      ),
      good: version1({ 'a/0.0': templated }, versionAndTemplate),
    },
  },
  'kerchunk/gen-default-off': {
    severity: 'warning',
    title: 'References are made by "gen".',
    explanation:
      'fsspec leaves them out unless it is opened with simple_templates=False: the chunks then read as fill values without a word. GDAL refuses the file. Write the references out.',
    source: `${KERCHUNK_SPEC}, version 1, "gen"; ${FSSPEC}, _process_gen; fsspec/filesystem_spec#2029`,
    examples: {
      breaks: version1(
        {},
        {
          version: '1',
          gen: '[{"key": "a/0.{{i}}", "url": "https://example.org/a.tif", "offset": "{{i * 8}}", "length": "8", "dimensions": {"i": {"stop": 2}}}]',
        },
      ),
      good: version1({ 'a/0.0': CHUNK }),
    },
  },
  'kerchunk/gen-shape': {
    severity: 'error',
    title: 'An item of "gen" is malformed.',
    explanation:
      'An item has "key", "url" and "dimensions", and "offset" and "length" both or neither, all strings; a dimension is a list of integers or a range with "stop" and a step that is not 0. ' +
      'fsspec fails on the whole file.',
    source: `${KERCHUNK_SPEC}, version 1, "gen"; ${FSSPEC}, _process_gen`,
  },
  'kerchunk/gen-not-evaluated': {
    severity: 'warning',
    title: 'An item of "gen" is not evaluated here.',
    explanation:
      'It has more than names, arithmetic and calls of templates. Which keys it makes is not known, so that a key that is not there may be one of them.',
    source: `${KERCHUNK_SPEC}, version 1, "gen"`,
  },
  'kerchunk/gen-limit': {
    severity: 'error',
    title: '"gen" makes more references than can be held.',
    explanation:
      'A product of dimensions explodes easily, and fsspec expands it before anything is read. Look at "stop" and "step" of each dimension.',
    source: `${FSSPEC}, _process_gen`,
  },
} as const satisfies Record<string, Rule>;
