import type { ZarrayFault, ZarrayFaultKind } from '../zarr/v2-zarray';
import { countInWords } from '../words';
import type { Reporter } from './reporter';
import { type RuleCode, rules } from './rules';
import type { Severity } from './types';

/** The rule that each kind of fault breaks, and the severity where it is not that of the rule. */
const told: Record<ZarrayFaultKind, RuleCode | [code: RuleCode, severity: Severity]> = {
  'field-missing': 'zarr2/zarray-field-missing',
  'unknown-field': 'zarr2/unknown-field',
  'zarr-format': 'zarr2/zarr-format',
  'other-format': 'zarr2/zarr-format',
  shape: 'zarr2/shape',
  chunks: 'zarr2/chunks',
  'chunks-zero': 'zarr2/chunks-zero',
  'shape-chunks-rank': 'zarr2/shape-chunks-rank',
  // zarr-python counts further, and reads what is asked for.
  'many-chunks': ['zarr2/chunks', 'warning'],
  order: 'zarr2/order',
  'dimension-separator': 'zarr2/dimension-separator',
  compressor: 'zarr2/compressor',
  filters: 'zarr2/filters',
  'filters-empty': 'zarr2/filters-empty',
  dtype: 'zarr2/dtype',
  'dtype-byte-order': 'zarr2/dtype-byte-order',
  'dtype-spelling': 'zarr2/dtype-spelling',
  'dtype-unit': 'zarr2/dtype-unit',
  'dtype-fields': 'zarr2/dtype-fields',
  // Readers give the field a name, and read it.
  'dtype-field-unnamed': ['zarr2/dtype-fields', 'warning'],
  'dtype-nested': 'zarr2/dtype-nested',
  'object-codec': 'zarr2/object-codec',
  'object-codec-old': 'zarr2/object-codec-old',
  pickle: 'zarr2/pickle',
  'fill-value-type': 'zarr2/fill-value-type',
  'fill-value-spelling': 'zarr2/fill-value-spelling',
  'fill-value-range': 'zarr2/fill-value-range',
  'fill-value-float': 'zarr2/fill-value-float',
  // Of a time zarr-python takes no float.
  'fill-value-time': ['zarr2/fill-value-float', 'error'],
  'fill-value-cast': 'zarr2/fill-value-cast',
  'fill-value-size': 'zarr2/fill-value-size',
  'fill-value-void': 'zarr2/fill-value-void',
};

/** Faults of one document that are told one by one: finding the place of each costs a walk through the document. */
const MOST_TOLD = 20;

/** Reports what is wrong with the `.zarray` under `key`, each fault at its place; of more than twenty the rest as a number. */
export function reportZarrayFaults(key: string, faults: readonly ZarrayFault[], reporter: Reporter): void {
  for (const { kind, path, message } of faults.slice(0, MOST_TOLD)) {
    const { code, severity } = ruleOfFault(kind);
    reporter.inside(key, path, code, message, severity);
  }
  const [next] = faults.slice(MOST_TOLD);
  if (next === undefined) return;
  const { code, severity } = ruleOfFault(next.kind);
  const message = `${countInWords(faults.length - MOST_TOLD)} more faults of this document are not listed.`;
  reporter.inside(key, [], code, message, severity);
}

function ruleOfFault(kind: ZarrayFaultKind): { code: RuleCode; severity: Severity } {
  const rule = told[kind];
  if (typeof rule !== 'string') return { code: rule[0], severity: rule[1] };
  return { code: rule, severity: rules[rule].severity };
}
