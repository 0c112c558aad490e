import { fixDtype } from './dtype-fixes';
import { fixDeltaOverRows, fixDeltaWithoutPredictor, fixScalingFilter } from './filter-fixes';
import { fixByRemovingEntry, fixMetadataName, fixNestedDocument, fixVersion } from './layout-fixes';
import { fixKeySeparator } from './separator-fixes';
import { fixBareNan, fixByteOrderMark, fixSyntax } from './text-fixes';
import type { Fixer } from './types';
import {
  fixCodecName,
  fixCodecOfNameAlone,
  fixCodecsOrder,
  fixEndian,
  fixTransposeOrder,
  fixZarr3CodecConfig,
} from './zarr3-codec-fixes';
import {
  fixDataTypeName,
  fixMissingHead,
  fixMustUnderstand,
  fixNamesOfOtherNumber,
  fixZarr3FillValue,
} from './zarr3-fixes';
import { fixKeyForm } from './zarr3-key-fixes';
import { fixByValue, fixFillValueSpelling, fixMissingFields, fixTextNumber, fixWholeNumber } from './value-fixes';

const fixFormat = fixByValue((value) => (value === '2' || value === 2 ? 2 : undefined));

/** Who mends the findings of a rule, by its code. */
export const fixers: Readonly<Record<string, Fixer>> = {
  'json/syntax': fixSyntax,
  'json/byte-order-mark': fixByteOrderMark,
  'json/bare-nan': fixBareNan,
  'kerchunk/version': fixVersion,
  'kerchunk/metadata-json': fixSyntax,
  'kerchunk/array-missing': fixMetadataName,
  'kerchunk/metadata-name': fixMetadataName,
  'kerchunk/null-value': fixByRemovingEntry,
  'kerchunk/length-zero': fixByRemovingEntry,
  'kerchunk/nested-in-version1': fixNestedDocument,
  'zarr2/zgroup': (context) => [...fixFormat(context), ...fixMissingFields(context)],
  'zarr2/zarray-field-missing': fixMissingFields,
  'zarr2/zarr-format': fixFormat,
  'zarr2/dtype-byte-order': fixDtype,
  'zarr2/dtype-spelling': fixDtype,
  'zarr2/fill-value-spelling': fixFillValueSpelling,
  'zarr2/fill-value-float': fixWholeNumber,
  'zarr2/order': fixByValue((value) => (value === 'c' || value === 'f' ? value.toUpperCase() : undefined)),
  'zarr2/filters-empty': fixByValue((value) => (Array.isArray(value) && value.length === 0 ? null : undefined)),
  'zarr2/codec-config': fixTextNumber,
  'zarr2/chunk-key-separator': fixKeySeparator,
  'zarr3/zarr-format': fixByValue((value) => (value === '3' || value === 3 ? 3 : undefined)),
  'zarr3/node-type': fixByValue((value) =>
    typeof value === 'string' && /^(array|group)$/iu.test(value) ? value.toLowerCase() : undefined,
  ),
  'zarr3/field-missing': fixMissingHead,
  'zarr3/shape': fixWholeNumber,
  'zarr3/chunk-grid': fixWholeNumber,
  'zarr3/data-type': fixDataTypeName,
  'zarr3/fill-value-type': fixZarr3FillValue,
  'zarr3/dimension-names': fixNamesOfOtherNumber,
  'zarr3/must-understand': fixMustUnderstand,
  'zarr3/codecs-order': fixCodecsOrder,
  'zarr3/codec-unknown': fixCodecName,
  'zarr3/string-codec': fixCodecOfNameAlone,
  'zarr3/codec-config': fixZarr3CodecConfig,
  'zarr3/endian': fixEndian,
  'zarr3/transpose': fixTransposeOrder,
  'zarr3/chunk-key-form': fixKeyForm,
  'attributes/scale-text': fixTextNumber,
  'tiff/delta-over-rows': fixDeltaOverRows,
  'tiff/delta-without-predictor': fixDeltaWithoutPredictor,
  'tiff/fill-value-domain': fixScalingFilter,
};
