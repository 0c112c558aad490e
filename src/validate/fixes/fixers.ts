import { fixDtype } from './dtype-fixes';
import { fixDeltaOverRows, fixDeltaWithoutPredictor, fixScalingFilter } from './filter-fixes';
import { fixByRemovingEntry, fixMetadataName, fixNestedDocument, fixVersion } from './layout-fixes';
import { fixKeySeparator } from './separator-fixes';
import { fixBareNan, fixByteOrderMark, fixSyntax } from './text-fixes';
import type { Fixer } from './types';
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
  'attributes/scale-text': fixTextNumber,
  'tiff/delta-over-rows': fixDeltaOverRows,
  'tiff/delta-without-predictor': fixDeltaWithoutPredictor,
  'tiff/fill-value-domain': fixScalingFilter,
};
