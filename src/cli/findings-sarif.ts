import type { Log, Notification, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';
import type { TextPositions } from '../references/position';
import { MOST_SAMPLES } from '../validate/group';
import { type RuleCode, rules } from '../validate/rules';
import type { Rule } from '../validate/rules/types';
import { sourceLink } from '../validate/rules/source-link';
import type { Finding, Severity } from '../validate/types';
import { type FileResult, withRest } from './file-result';
import { isInRecordFile, nameWithin } from './place-text';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT = '%SRCROOT%';
const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = { error: 'error', warning: 'warning', info: 'note' };
const codes = Object.keys(rules) as RuleCode[];

/** Where a file is, for SARIF: its address seen from the working directory, percent-encoded, or an absolute one. */
export interface ArtifactAddress {
  uri: string;
  isRelative: boolean;
}

/**
 * Findings as a SARIF log (OASIS, Static Analysis Results Interchange Format 2.1.0), which GitHub's code scanning shows. Of each kind and
 * array the first 20 are results, the last of which says how many more there are: GitHub takes 25,000 results of a run.
 */
export class SarifLog {
  private readonly results: Result[] = [];
  private readonly unread: Notification[] = [];
  private readonly fingerprints = new Map<string, number>();

  /** `root` is the file: address of the working directory, with a slash at its end. */
  constructor(
    private readonly version: string,
    private readonly root: string,
  ) {}

  /** Adds what was found in a file. `positions` are those of its text; undefined where it could not be read. */
  add(
    { file, groups, unreadable }: FileResult,
    addressOf: (file: string) => ArtifactAddress,
    positions: TextPositions | undefined,
  ): void {
    const locationOf = (name: string): { uri: string; uriBaseId?: string } => {
      const { uri, isRelative } = addressOf(name);
      return { uri, ...(isRelative ? { uriBaseId: ROOT } : {}) };
    };
    if (unreadable !== undefined || positions === undefined) {
      const message = { text: unreadable ?? 'The file could not be read.' };
      this.unread.push({
        level: 'error',
        message,
        locations: [{ physicalLocation: { artifactLocation: locationOf(file) } }],
      });
      return;
    }
    const shown = groups.flatMap(({ samples, count }) =>
      samples.map((finding, index) => withRest(finding, index === MOST_SAMPLES - 1 ? count - samples.length : 0)),
    );
    for (const finding of shown.sort((a, b) => a.span.offset - b.span.offset)) {
      const artifactLocation = locationOf(finding.file === undefined ? file : nameWithin(file, finding.file));
      const region = isInRecordFile(finding) ? undefined : regionOf(finding, positions);
      const physicalLocation = { artifactLocation, ...(region === undefined ? {} : { region }) };
      this.results.push(this.resultOf(finding, artifactLocation.uri, physicalLocation));
    }
  }

  /** The log as JSON text. */
  text(): string {
    const log: Log = {
      $schema: SCHEMA,
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: { name: 'kerchunk validate', semanticVersion: this.version, rules: codes.map(describeRule) },
          },
          invocations: [
            {
              executionSuccessful: this.unread.length === 0,
              ...(this.unread.length === 0 ? {} : { toolExecutionNotifications: this.unread }),
            },
          ],
          originalUriBaseIds: { [ROOT]: { uri: this.root } },
          columnKind: 'utf16CodeUnits',
          results: this.results,
        },
      ],
    };
    return JSON.stringify(log, undefined, 2);
  }

  private resultOf(
    { code, severity, key, message, row }: Finding,
    uri: string,
    physicalLocation: PhysicalLocation,
  ): Result {
    return {
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: LEVELS[severity],
      message: { text: row === undefined ? message : `Row ${row}: ${message}` },
      locations: [{ physicalLocation, ...(key === '' ? {} : { logicalLocations: [{ fullyQualifiedName: key }] }) }],
      partialFingerprints: { 'codeAndKey/v1': this.fingerprint(`${uri} ${code} ${key}`) },
    };
  }

  /** What stays the same where lines above a finding come and go; of equal ones their number. */
  private fingerprint(name: string): string {
    const number = (this.fingerprints.get(name) ?? 0) + 1;
    this.fingerprints.set(name, number);
    return `${name} ${number}`;
  }
}

function regionOf({ line, column, span }: Finding, positions: TextPositions): PhysicalLocation['region'] {
  const end = positions.lineColumn(span.offset + span.length);
  return {
    startLine: line,
    startColumn: column,
    endLine: end.line,
    endColumn: end.column,
    byteOffset: span.offset,
    byteLength: span.length,
  };
}

function describeRule(code: RuleCode): ReportingDescriptor {
  const { severity, title, explanation, source, examples }: Rule = rules[code];
  const helpUri = sourceLink(source);
  const parts = [explanation, `Source: ${source}.`];
  const shown =
    examples === undefined ? [] : ['Breaks it:', fenced(examples.breaks), 'Is good:', fenced(examples.good)];
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: { text: parts.join('\n\n'), markdown: [...parts, ...shown].join('\n\n') },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function fenced(text: string): string {
  return ['```json', text.replaceAll('\ufeff', '\\ufeff'), '```'].join('\n');
}
