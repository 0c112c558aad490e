import { attributesRules } from './attributes';
import { decodeRules } from './decode';
import { jsonRules } from './json';
import { kerchunkRules } from './kerchunk';
import { parquetRules } from './parquet';
import { reachRules } from './reach';
import { referencesRules } from './references';
import { sourceRules } from './source';
import { templateRules } from './templates';
import { tiffRules } from './tiff';
import type { Rule } from './types';
import { zarr2Rules } from './zarr2';
import { zarr2CodecRules } from './zarr2-codecs';
import { zarr3Rules } from './zarr3';

/** All rules by code, those of a kind together. */
export const rules = {
  ...jsonRules,
  ...kerchunkRules,
  ...referencesRules,
  ...templateRules,
  ...zarr2Rules,
  ...zarr2CodecRules,
  ...zarr3Rules,
  ...parquetRules,
  ...attributesRules,
  ...tiffRules,
  ...sourceRules,
  ...decodeRules,
  ...reachRules,
} satisfies Record<string, Rule>;

/** The code of a rule: stable, documented in docs/rules.md. */
export type RuleCode = keyof typeof rules;

/** The rule of a code; undefined for a code that no rule has. */
export function ruleOf(code: string): Rule | undefined {
  return Object.hasOwn(rules, code) ? rules[code as RuleCode] : undefined;
}
