import { describe, expect, it } from 'vitest';
import { openDocument, type PreviewDocument } from '../../../src/preview/document';
import { describeEncoding } from '../../../src/preview/encoding-details';
import { codecInserted, codecMoved, codecRemoved, codecReplaced } from '../../../src/preview/encoding-edits';
import type { Encoding } from '../../../src/preview/encoding-text';
import { rewriteEncoding } from '../../../src/preview/rewrite';
import { applyEdits } from '../../../src/validate/fixes/apply';
import { openerOf } from '../read/harness';
import { never } from './harness';

function open(text: string): PreviewDocument {
  return openDocument(new TextEncoder().encode(text), undefined, openerOf({}));
}

/** The text with a changed encoding of the array `a`. */
async function rewritten(text: string, change: (encoding: Encoding) => Encoding): Promise<string> {
  const document = open(text);
  const { encoding } = await describeEncoding(document, 'a', [0], never);
  const { edits } = await rewriteEncoding(document, 'a', change(encoding), never);
  return new TextDecoder().decode(applyEdits(document.text, edits));
}

const nested = `{
    ".zgroup": {"zarr_format": 2},
    "a/.zarray": {
        "zarr_format": 2,
        "shape": [4],
        "chunks": [4],
        "dtype": "<u2",
        "fill_value":   0,
        "order": "C",
        "filters": [
            {
                "id": "fixedscaleoffset",
                "scale": 10000.0,
                "offset": 0.10,
                "dtype": "<u2",
                "astype": "<u2"
            },
            {
                "id": "delta",
                "dtype": "<u2"
            }
        ],
        "compressor": null
    },
    "a/0": "abcdefgh"
}
`;

const delta = '{"id": "imagecodecs_delta", "axis": -1, "dist": 1, "shape": [4], "dtype": "<u2"}';

describe('rewriteEncoding', () => {
  it('changes the codec that differs, in the layout of what it replaces, and nothing else', async () => {
    const from = `{
                "id": "delta",
                "dtype": "<u2"
            }`;
    const to = `{
                "id": "imagecodecs_delta",
                "axis": -1,
                "dist": 1,
                "shape": [4],
                "dtype": "<u2"
            }`;
    expect(await rewritten(nested, (encoding) => codecReplaced(encoding, 1, delta))).toBe(nested.replace(from, to));
  });

  it('leaves the codecs that stay as they are written where others go or come', async () => {
    const second = `,
            {
                "id": "delta",
                "dtype": "<u2"
            }`;
    expect(await rewritten(nested, (encoding) => codecRemoved(encoding, 1))).toBe(nested.replace(second, ''));
    const third = `,
            {
                "id": "shuffle",
                "elementsize": 2
            }`;
    const shuffle = '{"id":"shuffle","elementsize":2}';
    const added = await rewritten(nested, (encoding) => codecInserted(encoding, 2, shuffle));
    expect(added).toBe(nested.replace(second, second + third));
  });

  it('writes plain values as they were typed', async () => {
    const change = (encoding: Encoding): Encoding => ({
      ...encoding,
      dtype: '">u2"',
      fillValue: ' 65535 ',
      order: '"F"',
    });
    expect(await rewritten(nested, change)).toBe(
      nested
        .replace('"dtype": "<u2",\n        "fill', '"dtype": ">u2",\n        "fill')
        .replace('  0,', '  65535,')
        .replace('"C"', '"F"'),
    );
  });

  it('puts a compressor in place of null, and null in place of the last filter', async () => {
    const text =
      '{"a/.zarray":"{\\"zarr_format\\":2,\\"shape\\":[4],\\"chunks\\":[4],\\"dtype\\":\\"<u2\\",\\"fill_value\\":0,\\"order\\":\\"C\\",\\"filters\\":[{\\"id\\":\\"delta\\",\\"dtype\\":\\"<u2\\"}],\\"compressor\\":null}"}';
    const zlib = '{"id":"zlib","level":6}';
    const change = (encoding: Encoding): Encoding => codecInserted(codecRemoved(encoding, 0), 0, zlib, true);
    expect(await rewritten(text, change)).toBe(
      text
        .replace('[{\\"id\\":\\"delta\\",\\"dtype\\":\\"<u2\\"}]', 'null')
        .replace('"compressor\\":null', '"compressor\\":{\\"id\\":\\"zlib\\",\\"level\\":6}'),
    );
  });

  it('adds a member that is not there', async () => {
    const text =
      '{"a/.zarray": {"zarr_format": 2, "shape": [4], "chunks": [4], "dtype": "<u2", "fill_value": 0, "order": "C"}}';
    const shuffle = '{"id":"shuffle","elementsize":2}';
    expect(await rewritten(text, (encoding) => codecInserted(encoding, 0, shuffle))).toBe(
      text.replace('"C"}', '"C", "filters": [{"id": "shuffle", "elementsize": 2}]}'),
    );
  });

  it('changes the copies among consolidated metadata, of zarr v2 and v3', async () => {
    const zarray =
      '{"zarr_format":2,"shape":[4],"chunks":[4],"dtype":"<u2","fill_value":0,"order":"C","filters":null,"compressor":null}';
    const v2 = `{".zmetadata":{"metadata":{"a/.zarray":${zarray}},"zarr_consolidated_format":1},"a/.zarray":${zarray}}`;
    const change = (encoding: Encoding): Encoding => ({ ...encoding, dtype: '"<i2"' });
    expect(await rewritten(v2, change)).toBe(v2.replaceAll('<u2', '<i2'));
    const array =
      '{"zarr_format":3,"node_type":"array","shape":[4],"data_type":"uint16","chunk_grid":{"name":"regular","configuration":{"chunk_shape":[4]}},' +
      '"chunk_key_encoding":{"name":"default"},"fill_value":0,"codecs":[{"name":"bytes","configuration":{"endian":"little"}}]}';
    const v3 = `{"zarr.json":{"zarr_format":3,"node_type":"group","consolidated_metadata":{"kind":"inline","must_understand":false,"metadata":{"a":${array}}}},"a/zarr.json":${array}}`;
    expect(await rewritten(v3, (encoding) => ({ ...encoding, dtype: '"int16"' }))).toBe(
      v3.replaceAll('uint16', 'int16'),
    );
  });

  it('writes nothing that describes no array, and nothing where nothing differs', async () => {
    await expect(rewritten(nested, (encoding) => ({ ...encoding, dtype: '"<q2"' }))).rejects.toThrow(/no array.*<q2/u);
    await expect(rewritten(nested, (encoding) => encoding)).rejects.toThrow(/says this already/u);
  });

  it('is said not to be possible of metadata in base64', async () => {
    const zarray =
      '{"zarr_format":2,"shape":[4],"chunks":[4],"dtype":"<u2","fill_value":0,"order":"C","filters":null,"compressor":null}';
    const text = `{"a/.zarray":"base64:${Buffer.from(zarray).toString('base64')}"}`;
    const { encoding, notWritable } = await describeEncoding(open(text), 'a', [0], never);
    expect(encoding.dtype).toBe('"<u2"');
    expect(notWritable).toContain('base64');
    await expect(rewritten(text, (present) => ({ ...present, dtype: '"<i2"' }))).rejects.toThrow(/as text/u);
  });
});

describe('editing a chain', () => {
  const chain: Encoding = {
    dtype: '"<u2"',
    order: '"C"',
    fillValue: '0',
    codecs: [
      { place: 'filter', text: '1' },
      { place: 'filter', text: '2' },
      { place: 'compressor', text: '3' },
    ],
  };
  const shown = ({ codecs }: Encoding): string =>
    codecs.map(({ place, text }) => `${text}${place.charAt(0)}`).join(' ');

  it('keeps the compressor last', () => {
    expect(shown(codecMoved(chain, 2, 0))).toBe('3f 1f 2c');
    expect(shown(codecInserted(chain, 3, '4', true))).toBe('1f 2f 3f 4c');
    expect(shown(codecInserted(chain, 0, '0'))).toBe('0f 1f 2f 3c');
    expect(shown(codecRemoved(chain, 2))).toBe('1f 2f');
    expect(shown(codecInserted(codecRemoved(chain, 2), 2, '3'))).toBe('1f 2f 3f');
    expect(shown(codecInserted(codecRemoved(chain, 2), 2, '3', true))).toBe('1f 2f 3c');
    expect(codecMoved(chain, 0, 3)).toBe(chain);
  });
});
