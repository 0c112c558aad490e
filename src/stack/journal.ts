import { KerchunkError } from '../errors';
import { isPartJson, type PartJson, partFromJson, partToJson, type TiffPart } from './part';

/** The file of a journal. */
export interface JournalFile {
  /** Its bytes; undefined where there is none. */
  read(): Promise<Uint8Array | undefined>;
  /** Adds text at its end, which is `at` bytes from its beginning; makes the file where there is none. @throws KerchunkError `write-failed` where it ends elsewhere. */
  append(text: string, at: number): Promise<void>;
  remove(): Promise<void>;
}

/** Of another version nothing is taken. */
const VERSION = 1;

/** What every line begins with, of every version. */
const START = /^\{"version":\d+,"key":"/u;
const START_BYTES = 64;

interface Line {
  version: number;
  key: string;
  part: PartJson;
}

/**
 * What a run has read so far, beside its output: a line of JSON for each finished file, written as soon as it is read, so that a run that was
 * stopped goes on where it was. A torn last line, and every other line that cannot be read, counts as not written.
 */
export class Journal {
  private readonly found = new Map<string, PartJson>();
  private pending: Promise<void> = Promise.resolve();
  private waiting = '';
  private size = 0;
  private added = 0;

  private constructor(private readonly file: JournalFile) {}

  /**
   * Reads the journal of an earlier run, if there is one. @param name of the file, for a message.
   * @throws KerchunkError `write-failed` where another file stands there, which is left as it is.
   */
  static async open(file: JournalFile, name: string): Promise<Journal> {
    const journal = new Journal(file);
    const bytes = await file.read();
    if (bytes === undefined || bytes.length === 0) return journal;
    if (!START.test(new TextDecoder().decode(bytes.subarray(0, START_BYTES)))) {
      throw new KerchunkError(
        'write-failed',
        `${name} exists and is no journal of a run; it is left as it is. Give another output, or delete it first.`,
      );
    }
    journal.size = bytes.length;
    if (bytes[bytes.length - 1] !== NEWLINE) journal.waiting = '\n';
    for (const line of linesOf(bytes)) {
      const parsed = parseLine(line);
      if (parsed !== undefined) journal.found.set(parsed.key, parsed.part);
    }
    return journal;
  }

  /** How many files are finished, by an earlier run and by this one. */
  get finished(): number {
    return this.found.size + this.added;
  }

  /** What an earlier run read under this key; undefined where it read nothing. */
  find(key: string): TiffPart | undefined {
    const part = this.found.get(key);
    return part === undefined ? undefined : partFromJson(part);
  }

  /** Adds a finished file; one line after the other, whoever asks, and as many at once as wait. */
  add(key: string, part: TiffPart): Promise<void> {
    this.waiting += `${JSON.stringify({ version: VERSION, key, part: partToJson(part) }, keepBigints)}\n`;
    this.added += 1;
    this.pending = this.pending.then(() => this.flush());
    return this.pending;
  }

  private async flush(): Promise<void> {
    const text = this.waiting;
    if (text === '') return;
    this.waiting = '';
    await this.file.append(text, this.size);
    this.size += new TextEncoder().encode(text).length;
  }

  /** Removes the file: the output holds all that it held. */
  async remove(): Promise<void> {
    await this.pending;
    await this.file.remove();
  }
}

const NEWLINE = 0x0a;

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, at);
    // Without its end a line was not written to the end.
    if (end < 0) return;
    yield bytes.subarray(at, end);
    at = end + 1;
  }
}

function parseLine(bytes: Uint8Array): Line | undefined {
  try {
    const line = JSON.parse(new TextDecoder().decode(bytes), restoreBigints) as Partial<Line> | null;
    return line?.version === VERSION && typeof line.key === 'string' && isPartJson(line.part)
      ? (line as Line)
      : undefined;
  } catch {
    return undefined;
  }
}

const BIGINT = 'bigint:';

function keepBigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${BIGINT}${value}` : value;
}

function restoreBigints(_key: string, value: unknown): unknown {
  return typeof value === 'string' && /^bigint:-?\d+$/u.test(value) ? BigInt(value.slice(BIGINT.length)) : value;
}
