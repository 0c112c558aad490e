/**
 * JSON schema of reference files (kerchunk specification, versions 0 and 1). It describes and offers, and leaves the judging to the
 * rules, which say more and where: a fault would be told twice.
 */
import { lenient } from './lenient.mjs';
import { zarray, zattrs, zgroup, zmetadata } from './zarr2.mjs';
import { zarrJson } from './zarr3.mjs';

const range = {
  description: 'A reference: [url], a whole file, or [url, offset, length], a byte range of it.',
  items: [
    { description: 'Address or path of the file; a relative one is relative to where the reader works.' },
    { description: 'First byte of the range, counted from 0.' },
    { description: 'Bytes in the range.' },
  ],
  defaultSnippets: [{ label: '[url, offset, length]', body: ['$1', '^$2', '^$3'] }],
};

const reference = {
  description: 'A chunk: its bytes, as text or "base64:…", or a list [url, offset, length] of where they lie.',
  ...range,
};

const document = (schema) => ({
  ...lenient(schema),
  description: `${schema.description} It stands here as an object, or as a string that holds the JSON text.`,
});

const keys = {
  '(^|/)\\.zgroup$': document(zgroup),
  '(^|/)\\.zarray$': document(zarray),
  '(^|/)\\.zattrs$': document(zattrs),
  '(^|/)\\.zmetadata$': document(zmetadata),
  '(^|/)zarr\\.json$': document(zarrJson),
  '(^|/)(c[./])?[0-9]+([./][0-9]+)*$': reference,
};

const refs = {
  description: 'The references, by key: zarr metadata documents and chunks.',
  patternProperties: keys,
  defaultSnippets: [{ label: 'refs', body: { '.zgroup': '{"zarr_format":2}' } }],
};

const version1 = {
  properties: {
    version: { description: 'The version of the layout: 1, an integer.', anyOf: [{ enum: [1] }, {}] },
    templates: {
      description:
        'Texts that stand for {{name}} in addresses. GDAL refuses a file with templates, and VirtualiZarr does not fill them in.',
      additionalProperties: { description: 'The text that {{name}} stands for.' },
    },
    gen: {
      description:
        'References made by rule. fsspec leaves them out unless it is opened with simple_templates=False; GDAL refuses the file.',
      items: {
        properties: {
          key: { description: 'Template of the key, with the names of the dimensions: "a/0.{{i}}".' },
          url: { description: 'Template of the address.' },
          offset: { description: 'Template of the first byte; offset and length stand both or neither.' },
          length: { description: 'Template of the number of bytes.' },
          dimensions: {
            description: 'For each name, a list of integers, or a range {start, stop, step} that ends before stop.',
          },
        },
        defaultSnippets: [
          {
            label: 'item',
            body: {
              key: '$1/{{i}}',
              url: '$2',
              offset: '{{i * $3}}',
              length: '$3',
              dimensions: { i: { stop: '^$4' } },
            },
          },
        ],
      },
    },
    refs,
  },
};

export const kerchunk = {
  title: 'kerchunk references',
  description: 'Byte ranges of files, presented as a zarr hierarchy.',
  type: 'object',
  if: { anyOf: [{ required: ['version'] }, { required: ['refs'] }] },
  then: version1,
  else: { patternProperties: keys },
  defaultSnippets: [{ label: 'references, version 1', body: { version: 1, refs: { '.zgroup': '{"zarr_format":2}' } } }],
};
