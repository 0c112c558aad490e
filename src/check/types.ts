import type { SourceOpener } from '../bytes/source';
import type { GroupedFindings } from '../validate/group';
import type { RuleCode } from '../validate/rules';
import type { KnownTiffs } from '../validate/tiff-lookup';
import type { SampleSize } from './sample';

/** How a check goes about it. */
export interface CheckOptions {
  opener: SourceOpener;
  /** Chunks of each array that are decoded; by default 4. */
  samples?: SampleSize;
  /** Descriptions of files that are known already; what is found out is added. */
  tiffs?: KnownTiffs;
  signal?: AbortSignal;
  /** Told what is being done, now and then. */
  onProgress?: (message: string) => void;
}

/** What a check found, and how far it went. */
export interface CheckResult {
  groups: GroupedFindings[];
  /** Arrays that were checked. */
  arrays: number;
  /** Chunks whose references were compared with the file's tables; 0 where a check does not do that. */
  compared: number;
  /** Chunks that were decoded. */
  decoded: number;
  /** Chunks that were to be decoded, and of these how many could not be fetched or decoded; absent where a check compares both ways. */
  attempted?: number;
  failed?: number;
  /** Targets that were not read because the user has not allowed it. */
  needPermission: string[];
}

export const DEFAULT_SAMPLES = 4;

/** Codes of findings which say that a file behind the references could not be read, so that the check is not complete. */
const unreadCodes: ReadonlySet<RuleCode> = new Set(['source/not-fetched', 'decode/fetch-failed']);

/** Whether a finding of this code says that a file could not be read. */
export function isUnreadCode(code: RuleCode): boolean {
  return unreadCodes.has(code);
}
