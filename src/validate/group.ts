import type { ReferenceSet } from '../references/reference-set';
import { isMetadataKey } from '../references/documents';
import type { RuleCode } from './rules';
import type { Finding, Severity } from './types';

/** Findings of one group that are kept. */
export const MOST_SAMPLES = 20;

/** Findings of one code about one array or group. */
export interface GroupedFindings {
  code: RuleCode;
  severity: Severity;
  /** Path of the array or group; '' for the root and the file as a whole. */
  path: string;
  count: number;
  /** The first 20; at least one. */
  samples: Finding[];
}

/** The path that a finding about a key is grouped under: of the array that the key lies in, or of the group; '' where there is none. */
export function groupPath(key: string, set: ReferenceSet | undefined): string {
  return isMetadataKey(key) ? key.slice(0, Math.max(key.lastIndexOf('/'), 0)) : (set?.ownerOf(key)?.path ?? '');
}

/**
 * Findings as one for each code and array, in the order in which each first comes up, so that a million keys at fault do not hide the
 * rest. `set` is undefined where the text could not be read.
 */
export function groupFindings(findings: readonly Finding[], set: ReferenceSet | undefined): GroupedFindings[] {
  const groups = new Map<string, GroupedFindings>();
  // An array's path follows from what stands before the last slash of a key, which a million keys share.
  const owners = new Map<string, string>();
  for (const finding of findings) {
    const { code, severity, key } = finding;
    const parent = key.slice(0, key.lastIndexOf('/') + 1);
    let path = isMetadataKey(key) ? parent.slice(0, -1) : owners.get(parent);
    if (path === undefined) owners.set(parent, (path = groupPath(key, set)));
    const name = `${code} ${severity} ${path}`;
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { code, severity, path, count: 0, samples: [] }));
    group.count += 1;
    if (group.samples.length < MOST_SAMPLES) group.samples.push(finding);
  }
  return [...groups.values()];
}
