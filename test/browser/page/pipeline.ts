import type { Encoding } from '../../../src/preview/encoding-text';
import type { EncodingDetails, WhatIf } from '../../../src/preview/what-if-types';
import { chunkOf, picturesOf, side, stages, steps } from './chunks';
import { chunkValues, heights } from './landscape';

const zlib = '{"id": "zlib", "level": 6}';
const delta = '{"id": "delta", "dtype": "<u2", "astype": "<u2"}';
const rowwise = '{"id": "imagecodecs_delta", "axis": -1, "dist": 1, "shape": [256, 256], "dtype": "<u2"}';

function encoding(filter: string): Encoding {
  return {
    dtype: '"<u2"',
    order: '"C"',
    fillValue: '0',
    codecs: [
      { place: 'filter', text: filter },
      { place: 'compressor', text: zlib },
    ],
  };
}

/** As `describeEncoding`: of the array that drifts a filter that sums over rows. */
export function encodingAt(path: string): EncodingDetails {
  const isDrifting = path === 'drifting';
  return {
    key: `${path}/.zarray`,
    zarrFormat: 2,
    encoding: encoding(isDrifting ? delta : rowwise),
    repairs: [
      ...(isDrifting
        ? [
            {
              title: 'imagecodecs_delta in place of delta',
              why: 'The TIFF’s predictor 2 starts each row anew; delta sums on over all 256 rows of a chunk.',
              encoding: encoding(rowwise),
            },
          ]
        : []),
      {
        title: 'As big-endian numbers',
        why: 'With its bytes in the wrong order a picture is noise, or stripes of a few values.',
        encoding: { ...encoding(isDrifting ? delta : rowwise), dtype: '">u2"' },
      },
    ],
    choices: [
      { id: 'imagecodecs_delta', text: rowwise, isArrayCodec: true },
      { id: 'delta', text: delta, isArrayCodec: true },
      { id: 'zlib', text: zlib, isArrayCodec: false },
      { id: 'imagecodecs_lzw', text: '{"id": "imagecodecs_lzw"}', isArrayCodec: false },
    ],
    notWritable: null,
  };
}

/** The truth by the filter that starts each row anew; the chunk as it is by any other; a failure of LZW, and a fault of what is no JSON. */
export function whatIfOf({
  path,
  indices,
  encoding: tried,
}: {
  path: string;
  indices: readonly number[];
  encoding: Encoding;
}): WhatIf {
  const broken = tried.codecs.findIndex(({ text }) => !isJson(text));
  if (broken !== -1) {
    const message = 'This is not JSON: the text ends where a value was expected.';
    return { faults: [{ place: broken, severity: 'error', message }], result: null };
  }
  const texts = tried.codecs.map(({ text }) => text).join();
  if (texts.includes('imagecodecs_lzw')) {
    const stopped = { name: 'imagecodecs_lzw', words: 'decompresses LZW', config: '{}' };
    const message =
      'Codec "imagecodecs_lzw" (compressor, step 1 of 2) failed on 41,233 bytes: it begins with no clear code.';
    return {
      faults: [],
      result: { stages: stages(41_233, []), stopped, outcome: { kind: 'failed', code: 'decode-failed', message } },
    };
  }
  const [row = 0, column = 0] = indices;
  if (!texts.includes('imagecodecs_delta')) {
    const { stages: found, stopped, outcome } = chunkOf(path, indices);
    return { faults: [], result: { stages: found, stopped, outcome } };
  }
  const truth = heights([row, column], side, Infinity);
  const outcome = {
    kind: 'values',
    values: chunkValues('<u2', [side, side], truth.buffer, truth),
    allFill: false,
  } as const;
  const pictures = picturesOf(outcome);
  return {
    faults: [],
    result: { stages: stages(41_233, steps('imagecodecs_delta'), pictures), stopped: null, outcome },
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Bytes that count up, from their offset on. */
export function stageBytesOf({ offset, length }: { offset: number; length: number }): { bytes: ArrayBuffer } {
  return { bytes: Uint8Array.from({ length }, (_, at) => (offset + at) & 255).buffer };
}
