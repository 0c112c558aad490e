import { createOpener } from '../bytes/open';
import { KerchunkError } from '../errors';
import { fillValuesOf } from '../generate/fill-value';
import { type Level, levelMetadata, levelNodata } from '../generate/level';
import { arrayName } from '../generate/names';
import { planPreview, type ReferencesVerdict, referencesVerdict } from '../generate/tiff-preview';
import type { ReferenceSet } from '../references/reference-set';
import type { Coverage } from '../references/set-parts';
import type { TiffDescription } from '../tiff/types';
import { formatDataType } from '../zarr/data-type';
import { gridShape } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { parseZarrayV2 } from '../zarr/v2';
import { countInWords, listInWords, plural } from '../words';
import { expandSet } from './expand-glob';
import { toJson } from './json';
import { openReferences } from './open-references';
import { openTiff } from './open-tiff';
import { exitCodes, type Terminal } from './terminal';
import { describeForInfo, type HeaderCost, tiffInWords } from './tiff-info';

/** `kerchunk info`: what a reference file or a TIFF holds, array by array. Returns the exit code. */
export async function info(terminal: Terminal, input: string, json: boolean): Promise<number> {
  const file = await expandSet(terminal, input);
  const headers = { requests: 0, bytes: 0 };
  const opener = createOpener({
    onRequest: ({ bytes }) => {
      headers.requests += 1;
      headers.bytes += bytes;
    },
  });
  const tiff = await openTiff(terminal, file, opener);
  if (tiff !== undefined) return infoOfTiff(terminal, file, tiff, { headers: { ...headers }, json });
  const account = describeSet(await openReferences(terminal, file, opener));
  terminal.print(json ? `${toJson(account)}\n` : `${inWords(file, account)}\n`);
  return exitCodes.ok;
}

/** What the headers say is told of every TIFF, also of one whose pixels are not decoded here. */
async function infoOfTiff(
  terminal: Terminal,
  file: string,
  tiff: TiffDescription,
  { headers, json }: { headers: HeaderCost; json: boolean },
): Promise<number> {
  const account = await describeForInfo(tiff, headers);
  const { arrays, ...verdict } = arraysOfTiff(tiff);
  if (json) {
    terminal.print(`${toJson({ tiff: account, ...verdict, arrays })}\n`);
    return exitCodes.ok;
  }
  const lines = [
    `${file}: ${tiffInWords(account).join('\n')}`,
    `  references: ${referencesInWords(file, verdict)}`,
    `  pixels: ${verdict.shown ? 'kerchunk chunk and kerchunk read show them, by these arrays' : unshownInWords(verdict)}`,
    ...pagesInWords(file, tiff),
    ...arrays.flatMap(arrayInWords),
  ];
  terminal.print(`${lines.join('\n')}\n`);
  return exitCodes.ok;
}

/** What becomes of the pages of a TIFF that are not its first. */
function pagesInWords(file: string, { images }: TiffDescription): string[] {
  const pages = images.filter(({ kind }) => kind === 'page');
  const [first] = pages;
  if (first === undefined) return [];
  return [
    `  other pages: ${countInWords(pages.length)}, not among these arrays; kerchunk generate ${file} --page ${first.index} writes the references of one`,
  ];
}

function referencesInWords(file: string, { refusal, overviewsRefusal }: ReferencesVerdict): string {
  if (refusal !== undefined) return `none. ${refusal}`;
  const written = `kerchunk generate ${file} writes them`;
  return overviewsRefusal === undefined ? written : `${written}; with overviews: none. ${overviewsRefusal}`;
}

function unshownInWords({ unshown }: Pick<PixelAccount, 'unshown'>): string {
  return unshown === undefined ? 'not decoded here' : `not shown here. ${unshown}`;
}

/** What becomes of a TIFF's pixels. */
interface PixelAccount extends ReferencesVerdict {
  /** Whether our own reader decodes the pixels. */
  shown: boolean;
  /** Why they are not shown, where that is another reason than references have. */
  unshown?: string;
  /** Those of its levels. */
  arrays: ArrayAccount[];
}

function arraysOfTiff(tiff: TiffDescription): PixelAccount {
  try {
    const { levels, verdict } = planPreview(tiff);
    const name = arrayName(tiff, undefined);
    const arrays = levels.map((level, index) =>
      describeLevel(tiff, level, levels.length > 1 ? `${index}/${name}` : name),
    );
    return { ...verdict, shown: true, arrays };
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    const verdict = referencesVerdict(tiff);
    const unshown = error.message === verdict.refusal ? {} : { unshown: error.message };
    return { ...verdict, shown: false, ...unshown, arrays: [] };
  }
}

/** The array that a level is in references, of which none are made: a file may have millions of chunks. */
function describeLevel(tiff: TiffDescription, level: Level, path: string): ArrayAccount {
  const { layout, type } = level;
  const { fillValue } = fillValuesOf(levelNodata(tiff, level), type, layout.sparse);
  const array = parseZarrayV2(path, levelMetadata(level, fillValue), { _ARRAY_DIMENSIONS: [...layout.dimensions] });
  const [total, absent] = [layout.chunks, layout.sparse];
  return describeArray(array, { total, ranges: total - absent, inline: 0, absent, broken: 0 });
}

interface ArrayAccount {
  path: string;
  shape: readonly number[];
  chunks: readonly number[];
  dtype: unknown;
  fillValue: unknown;
  dimensions?: readonly (string | null)[];
  codecs: string[];
  coverage: Coverage;
  grid: readonly number[];
}

interface SetAccount {
  version: number | 'parquet';
  /** Of a set in parquet: references of each record file, where it says. */
  recordSize?: number;
  groups: string[];
  arrays: ArrayAccount[];
  targets: string[];
  /** Arrays whose metadata cannot be read, and why. */
  unreadable: { path: string; message: string }[];
  problems: number;
}

function describeSet(set: ReferenceSet): SetAccount {
  const arrays: ArrayAccount[] = [];
  const unreadable: SetAccount['unreadable'] = [];
  for (const path of set.arrayPaths()) {
    try {
      arrays.push(describeArray(set.array(path), set.coverage(path)));
    } catch (error) {
      if (!(error instanceof KerchunkError)) throw error;
      unreadable.push({ path, message: error.message });
    }
  }
  const { parquet, urls, problems } = set;
  const version = parquet === undefined ? set.version : 'parquet';
  const recordSize = parquet?.recordSize;
  return {
    version,
    ...(recordSize === undefined ? {} : { recordSize }),
    groups: set.groupPaths(),
    arrays,
    targets: [...urls],
    unreadable,
    problems: problems.length,
  };
}

function describeArray(array: ZarrArray, coverage: Coverage): ArrayAccount {
  const { fillValue } = array;
  return {
    path: array.path,
    shape: array.shape,
    chunks: array.chunkShape,
    dtype: array.dataType.v3Name ?? formatDataType(array.dataType),
    fillValue: fillValue instanceof Uint8Array ? [...fillValue] : fillValue,
    ...(array.dimensionNames === undefined ? {} : { dimensions: array.dimensionNames }),
    codecs: array.codecs.map((step) => step.id),
    coverage,
    grid: gridShape(array),
  };
}

function inWords(file: string, account: SetAccount): string {
  const lines = [
    `${file}: ${layoutInWords(account)}, ${plural(account.arrays.length, 'array')}, ${plural(account.targets.length, 'target')}`,
  ];
  lines.push(...account.arrays.flatMap(arrayInWords));
  for (const { path, message } of account.unreadable) lines.push(`${path || '(root)'}: cannot be read. ${message}`);
  const shown = account.targets.slice(0, 5);
  if (shown.length > 0) {
    const more = account.targets.length - shown.length;
    lines.push(`targets: ${listInWords(shown)}${more > 0 ? `, and ${countInWords(more)} more` : ''}`);
  }
  if (account.problems > 0)
    lines.push(`${plural(account.problems, 'problem')} found while reading; see: kerchunk validate ${file}`);
  return lines.join('\n');
}

function layoutInWords({ version, recordSize }: SetAccount): string {
  if (version !== 'parquet') return `kerchunk version ${version}`;
  return recordSize === undefined
    ? 'kerchunk in parquet'
    : `kerchunk in parquet, ${countInWords(recordSize)} references a file`;
}

function arrayInWords(array: ArrayAccount): string[] {
  const { total, ranges, inline, absent, broken } = array.coverage;
  const dimensions = array.dimensions ? ` (${array.dimensions.map((name) => name ?? 'unnamed').join(', ')})` : '';
  return [
    `${array.path || '(root)'}: ${array.shape.join(' x ') || 'scalar'}${dimensions}, dtype ${String(array.dtype)}, fill value ${String(array.fillValue)}`,
    `  ${plural(total, 'chunk')} of ${array.chunks.join(' x ') || 'one value'}: ${countInWords(ranges)} in files, ${countInWords(inline)} inline, ${countInWords(absent)} absent${broken > 0 ? `, ${countInWords(broken)} malformed` : ''}`,
    `  codecs, in the order of encoding: ${array.codecs.length === 0 ? 'none' : array.codecs.join(', then ')}`,
  ];
}
