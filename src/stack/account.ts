import { codecIds, readerVerdicts } from '../generate/readers';
import type { ReaderVerdict } from '../generate/types';
import { xarrayCodeOfGroups } from '../generate/xarray-code';
import { isJsonObject, type JsonValue } from '../json';
import type { Manifest } from '../manifest/types';
import { bytesInWords, countInWords, plural } from '../words';
import type { PartsRead } from './read-parts';
import type { CombinedSet, SetFile } from './types';

/** What was made of many files: what is in the set, what is not and why, what it cost and what opens it. */
export interface SetAccount extends Omit<CombinedSet, 'manifest'> {
  /** Files that were given, and those of them that are in the set. */
  files: number;
  used: number;
  failures: { label: string; code: string; message: string }[];
  fromJournal: number;
  requests: number;
  bytes: number;
  milliseconds: number;
  readers: ReaderVerdict[];
  /** Python that opens the set with xarray. `file` names the reference file. */
  xarrayCode: (file: string) => string;
}

/** The account of a set that was made of what was read. */
export function accountOf(set: CombinedSet, read: PartsRead<SetFile>, warnings: readonly string[]): SetAccount {
  const { manifest, ...account } = set;
  const codecs = codecsOf(manifest);
  const targetUrl = read.parts[0]?.part.url ?? '';
  const imagecodecs = [...codecs].some((id) => id.startsWith('imagecodecs_'));
  return {
    ...account,
    warnings: [...warnings, ...account.warnings],
    files: read.parts.length + read.failures.length,
    used: read.parts.length - account.leftOut.length,
    failures: read.failures.map(({ file, code, message }) => ({ label: file.label, code, message })),
    fromJournal: read.fromJournal,
    requests: read.requests,
    bytes: read.bytes,
    milliseconds: read.milliseconds,
    readers: readerVerdicts({
      codecs,
      nested: false,
      inGroups: account.groups.every(({ path }) => path !== ''),
      targetUrl,
      wrong: false,
      unreadable: 0,
    }),
    xarrayCode: (file) =>
      codeOf(
        file,
        account.groups.map(({ path }) => path),
        { targetUrl, imagecodecs },
      ),
  };
}

function codecsOf(manifest: Manifest): Set<string> {
  const object = (value: JsonValue | undefined) => (isJsonObject(value) ? value : null);
  return new Set(
    manifest.arrays.flatMap(({ document: { compressor, filters } }) =>
      codecIds({
        compressor: object(compressor),
        filters: Array.isArray(filters) ? filters.filter(isJsonObject) : null,
      }),
    ),
  );
}

function codeOf(file: string, groups: readonly string[], options: { targetUrl: string; imagecodecs: boolean }): string {
  const opened = { path: file, ...(/\.gz$/iu.test(file) ? { compression: 'gzip' as const } : {}) };
  return xarrayCodeOfGroups(opened, groups, options);
}

/** What a set holds and what it cost, as lines of text without what the output is called. */
export function setInWords(account: SetAccount): string[] {
  const { groups, variables, dimension } = account;
  const cached = account.fromJournal === 0 ? '' : `; ${countInWords(account.fromJournal)} read by an earlier run`;
  const lines = [
    `${countInWords(account.used)} of ${plural(account.files, 'file')}${cached}; ${plural(account.requests, 'request')}, ${bytesInWords(account.bytes)} read in ${(account.milliseconds / 1000).toFixed(1)} s`,
  ];
  if (dimension !== undefined) {
    const { name, length, first, last, from } = dimension;
    const range = length === 1 ? first : `${first} to ${last}`;
    lines.push(`${name}: ${countInWords(length)} from ${range} (${from})`);
  }
  for (const { path, width, height, resolution, crs } of groups) {
    const crsText = crs === 'none' ? 'no CRS' : crs;
    lines.push(`${path === '' ? 'root' : `group ${path}`}: ${width} x ${height} pixels, ${resolution}, ${crsText}`);
    for (const variable of variables.filter((own) => groupOf(own.path) === path)) {
      const missing = variable.chunks - variable.present;
      lines.push(
        `  ${variable.path}: ${variable.shape.join(' x ')} in ${plural(variable.chunks, 'chunk')} of ${variable.chunkShape.join(' x ')}` +
          (missing > 0 ? `, ${countInWords(missing)} of them without bytes` : ''),
      );
    }
  }
  return lines;
}

function groupOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
