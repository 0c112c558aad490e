import type { ReferenceSet } from '../references/reference-set';
import { isMetadataKey } from '../references/documents';
import type { TextSpan } from '../references/types';
import type { RuleCode } from './rules';
import type { Finding, Severity } from './types';

/** Findings of one group that are kept. */
export const MOST_SAMPLES = 20;

/** Of all groups together, so many findings beyond those are kept as places alone. */
const MOST_PLACES = 2000;

/** Findings of one code about one array or group. */
export interface GroupedFindings {
  code: RuleCode;
  severity: Severity;
  /** Path of the array or group; '' for the root and the file as a whole. */
  path: string;
  count: number;
  /** The first 20; at least one. */
  samples: Finding[];
  /** Places of those that follow, as far as they are kept; absent where there are none. */
  others?: TextSpan[];
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
  let places = 0;
  const listed = findings.filter(({ more }) => more === undefined);
  for (const finding of listed) {
    const { code, severity, key } = finding;
    const parent = key.slice(0, key.lastIndexOf('/') + 1);
    let path = isMetadataKey(key) ? parent.slice(0, -1) : owners.get(parent);
    if (path === undefined) owners.set(parent, (path = groupPath(key, set)));
    const name = `${code} ${severity} ${path}`;
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { code, severity, path, count: 0, samples: [] }));
    group.count += 1;
    if (group.samples.length < MOST_SAMPLES) group.samples.push(finding);
    else if (places++ < MOST_PLACES) (group.others ??= []).push(finding.span);
  }
  const all = [...groups.values()];
  for (const finding of findings) {
    const { code, severity, key, more } = finding;
    if (more === undefined) continue;
    const ofCode = all.filter((group) => group.code === code);
    const ofKind = ofCode.filter((group) => group.severity === severity);
    const path = key === '' ? undefined : groupPath(key, set);
    // Those of the whole file mostly lie in the array where the listing stopped.
    const last = ofKind.find((group) => group.path === path) ?? (path === undefined ? ofKind.at(-1) : undefined);
    if (last !== undefined) last.count += more;
    else if (path !== undefined) all.push({ code, severity, path, count: more, samples: [finding] });
    else for (const group of ofCode.slice(-1)) group.count += more;
  }
  return all;
}
