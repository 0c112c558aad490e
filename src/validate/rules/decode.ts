import type { Rule } from './types';

const CODECS = 'The codecs of numcodecs and imagecodecs';
const CF = 'CF conventions, section 2.5.1';

/** What decoding chunks shows (`validate --decode`). */
export const decodeRules = {
  'decode/fetch-failed': {
    severity: 'error',
    title: 'The bytes of a chunk could not be fetched.',
    explanation: 'Readers fail on the chunk. The address may be wrong, or need rights that are missing here.',
    source: 'RFC 9110, section 14',
  },
  'decode/short-read': {
    severity: 'error',
    title: 'There are fewer bytes than the reference says, or other ones.',
    explanation: 'The file is cut off or another one, or its server does not give ranges.',
    source: 'RFC 9110, section 14',
  },
  'decode/decode-failed': {
    severity: 'error',
    title: 'A chunk does not decode.',
    explanation: 'Its bytes are not what compressor, filters, chunk shape and data type expect.',
    source: CODECS,
  },
  'decode/unsupported-codec': {
    severity: 'info',
    title: 'A chunk has a codec that is not decoded here.',
    explanation: 'Other readers may have it; nothing is known of the values.',
    source: CODECS,
  },
  'decode/outside-statistics': {
    severity: 'warning',
    title: 'Values lie outside the statistics in the attributes.',
    explanation:
      'STATISTICS_MINIMUM and STATISTICS_MAXIMUM are of all valid pixels: the values decode wrong, or the statistics are of another file.',
    source: 'GDAL, raster data model, "Metadata"',
  },
  'decode/outside-valid-range': {
    severity: 'warning',
    title: 'Values lie outside the valid range in the attributes.',
    explanation: 'Readers that honour valid_min, valid_max or valid_range take them for missing.',
    source: CF,
  },
  'decode/approximate-statistics': {
    severity: 'info',
    title: 'The statistics in the attributes are of a part of the pixels.',
    explanation: 'Values may lie outside them, and were not compared with them.',
    source: 'GDAL, raster data model, "Metadata"',
  },
  'decode/all-fill': {
    severity: 'info',
    title: 'A chunk is stored and holds nothing but the fill value.',
    explanation: 'It could be left out. Many such chunks may be a sign that values decode wrong.',
    source: 'zarr v2 specification, "Chunks"',
  },
} as const satisfies Record<string, Rule>;
