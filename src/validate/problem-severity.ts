import type { ReferenceProblemCode } from '../references/types';
import type { Severity } from './types';

/**
 * Severity of each problem that the reference reader meets: an error breaks the specification's text, or fsspec's reading of the file; a
 * warning is a trap or a likely mistake; an info is neither.
 */
export const problemSeverity: Readonly<Record<ReferenceProblemCode, Severity>> = {
  'json/byte-order-mark': 'warning',
  'json/bare-nan': 'warning',
  'json/utf8': 'error',
  'json/lone-surrogate': 'warning',
  'kerchunk/version': 'error',
  'kerchunk/unknown-key': 'info',
  'kerchunk/duplicate-key': 'warning',
  'kerchunk/metadata-json': 'error',
  'kerchunk/reference-shape': 'error',
  'kerchunk/null-value': 'warning',
  'kerchunk/offset': 'error',
  'kerchunk/length': 'error',
  'kerchunk/length-zero': 'error',
  'kerchunk/base64': 'error',
  'kerchunk/template-shape': 'error',
  'kerchunk/template-undefined': 'error',
  'kerchunk/template-not-evaluated': 'warning',
  'kerchunk/template-function': 'warning',
  'kerchunk/gen-default-off': 'warning',
  'kerchunk/gen-shape': 'error',
  'kerchunk/gen-not-evaluated': 'warning',
  'kerchunk/gen-limit': 'error',
};
