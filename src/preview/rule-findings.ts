import type { FindingGroup } from './types';

/** All findings of one rule and severity in a file. */
export interface RuleFindings {
  count: number;
  /** By array or group, in the order of the text; at least one. */
  groups: [FindingGroup, ...FindingGroup[]];
}

/** Findings by rule and severity, each in the order in which it first comes up. */
export function byRule(groups: readonly FindingGroup[]): RuleFindings[] {
  const rules = new Map<string, RuleFindings>();
  for (const group of groups) {
    const name = `${group.severity} ${group.code}`;
    const known = rules.get(name);
    if (known === undefined) rules.set(name, { count: group.count, groups: [group] });
    else {
      known.count += group.count;
      known.groups.push(group);
    }
  }
  return [...rules.values()];
}
