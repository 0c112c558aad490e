import type { Rule } from './types';

const TABLES = 'TIFF 6.0, sections 8 (strips) and 15 (tiles): the tags of offsets and byte counts';
const VALUES = 'TIFF 6.0; the codecs of numcodecs and imagecodecs';
const HTTP = 'RFC 9110, section 8.8; the attribute kerchunk_source that the generator writes';

/** References against the TIFF behind them (`validate --source`). */
export const sourceRules = {
  'source/moved': {
    severity: 'error',
    readsWrong: true,
    title: 'A reference begins where no tile of the TIFF begins.',
    explanation: 'The bytes there decode to nothing, or to wrong values. Generate the references anew.',
    source: TABLES,
  },
  'source/tile': {
    severity: 'error',
    readsWrong: true,
    title: 'A reference is to another tile of the image.',
    explanation: 'Readers see the right pixels in the wrong place, and nothing fails.',
    source: TABLES,
  },
  'source/level': {
    severity: 'error',
    readsWrong: true,
    title: 'A reference is to a tile of another image of the file, such as an overview.',
    explanation:
      'Where both have tiles of one size nothing fails, and the pixels are of another resolution, page or mask.',
    source: TABLES,
  },
  'source/length': {
    severity: 'error',
    title: 'A reference has another length than the tile.',
    explanation: 'Too few bytes do not decode, or leave pixels out; too many are refused by some decoders.',
    source: TABLES,
  },
  'source/missing': {
    severity: 'error',
    readsWrong: true,
    title: 'The TIFF has bytes for a chunk, and the references have no key.',
    explanation: 'Readers fill the chunk with the fill value without a word.',
    source: TABLES,
  },
  'source/surplus': {
    severity: 'error',
    title: 'There is a reference for a tile that has no bytes.',
    explanation: 'A sparse tile reads as nodata, or 0. Leave its key out.',
    source: `${TABLES}; GDAL, GTiff driver, "Sparse files"`,
  },
  'source/apart': {
    severity: 'error',
    title: 'The rows of a chunk do not stand together in the TIFF.',
    explanation: 'No single range holds them. Strips can be joined only where each begins where the one before ends.',
    source: TABLES,
  },
  'source/beyond-end': {
    severity: 'error',
    title: 'A reference ends beyond the end of the file.',
    explanation:
      "It is as the TIFF's tables say, and the file is cut off, or was still being written. No reader gets the chunk; get a whole copy.",
    source: TABLES,
  },
  'source/shape': {
    severity: 'error',
    title: 'No image of the TIFF has the size of the array.',
    explanation: 'Chunks beyond the edges are missing or made up. The file may have been replaced.',
    source: 'TIFF 6.0, tags 256 and 257',
  },
  'source/chunk-shape': {
    severity: 'error',
    title: 'The chunks of the array are not the tiles or strips of the image.',
    explanation:
      'A chunk must hold exactly the pixels of a tile or strip; only strips without compression can be divided.',
    source: TABLES,
  },
  'source/rows-left-out': {
    severity: 'info',
    title: 'The array leaves out the last rows of the image.',
    explanation:
      'A compressed last strip that is shorter than the others is no chunk of the same shape; some writers cut it off.',
    source: TABLES,
  },
  'source/fill-value': {
    severity: 'error',
    readsWrong: true,
    title: 'The fill value is not what tiles without bytes are.',
    explanation:
      'In the TIFF these pixels are the nodata of the very image, rounded and clamped to its data type, and 0 where it states none.',
    source: 'GDAL, GTiff driver, "Sparse files"',
  },
  'source/values': {
    severity: 'error',
    readsWrong: true,
    title: "A chunk decodes to other values than the TIFF's own tags give.",
    explanation:
      'The references say otherwise how bytes become pixels: a predictor, a byte order, a data type, an order of bands. A fixedscaleoffset ' +
      "filter is applied to the TIFF's values too before they are compared.",
    source: VALUES,
  },
  'source/dtype': {
    severity: 'error',
    title: 'The data type is not that of the TIFF.',
    explanation: 'Values come out otherwise, or would with other pixels.',
    source: 'TIFF 6.0, tags 258 and 339',
  },
  'source/decode-failed': {
    severity: 'error',
    title: "A chunk does not decode by the references' codecs, and does by the TIFF's own tags.",
    explanation: 'Compressor, filters, shape or data type do not fit the bytes.',
    source: VALUES,
  },
  'source/damaged': {
    severity: 'error',
    title: "A tile does not decode by the TIFF's own tags, or its bytes are not there.",
    explanation: 'The file is damaged there, or its writer broke the format. No reader gets this chunk.',
    source: VALUES,
  },
  'source/not-decoded': {
    severity: 'info',
    title: 'A chunk was not compared by its values: its codec is not decoded here.',
    explanation: 'Its reference was compared with the tables of the file all the same.',
    source: VALUES,
  },
  'source/not-sampled': {
    severity: 'info',
    title: 'A chunk was not compared by its values: it is too large.',
    explanation: 'Its reference was compared with the tables of the file all the same.',
    source: 'This check: up to 64 MiB stored and 128 MiB of values',
  },
  'source/whole-file': {
    severity: 'info',
    title: 'A chunk is a whole file.',
    explanation: 'It is not compared with single tiles.',
    source: TABLES,
  },
  'source/not-compared': {
    severity: 'info',
    title: 'An array is put together from parts of several files.',
    explanation: 'Which part of the array each file is cannot be told from its size.',
    source: TABLES,
  },
  'source/changed': {
    severity: 'warning',
    title: 'The file has changed since the references were written.',
    explanation: 'Its size, ETag or Last-Modified is another one. References may still fit, as the other findings say.',
    source: HTTP,
  },
  'source/not-a-tiff': {
    severity: 'info',
    title: 'The file is no TIFF.',
    explanation: 'References into it are not compared with it.',
    source: 'TIFF 6.0, section 2',
  },
  'source/malformed-tiff': {
    severity: 'error',
    title: 'The headers of the TIFF cannot be read.',
    explanation:
      'The file is damaged or cut off, or its server does not give ranges. References into it are not compared with it.',
    source: 'TIFF 6.0, section 2',
  },
  'source/not-fetched': {
    severity: 'error',
    title: 'The file behind references could not be read.',
    explanation:
      'Nothing is known of references into it. The address may be wrong, or need rights that are missing here.',
    source: HTTP,
  },
} as const satisfies Record<string, Rule>;
