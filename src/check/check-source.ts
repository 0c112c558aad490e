import { displayAddress, resolveTarget } from '../bytes/address';
import { throwIfCancelled } from '../bytes/cancel';
import type { ErrorCode } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import type { TiffImage } from '../tiff/types';
import { type StatedSource, statedSources } from '../validate/stated-sources';
import { TiffLookup } from '../validate/tiff-lookup';
import { countInWords, decodedInWords, plural } from '../words';
import { chunkIndices, metadataKey, storeKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { checkSparseFill } from './check-fill';
import { checkTables } from './check-tables';
import { ValueCheck } from './check-values';
import { checkUnchanged } from './changed';
import { readableArray } from './chunks';
import { planSource, type SourcePlan, type TargetFile } from './source-plan';
import { Tally } from './tally';
import { imageInWords } from './tile-index';
import { type CheckOptions, type CheckResult, DEFAULT_SAMPLES } from './types';

/** What one check holds together. */
interface Check {
  set: ReferenceSet;
  tally: Tally;
  files: TiffLookup;
  stated: ReadonlyMap<string, StatedSource>;
  options: CheckOptions;
  result: CheckResult;
  /** Files that something was said about already. */
  told: Set<string>;
}

/**
 * Checks a reference set against the TIFFs behind its arrays: each reference against the file's own tile tables, and a sample of chunks,
 * decoded by the references' codecs, against what the file's own tags decode them to. A file that is no TIFF or cannot be read is one finding.
 * @param text that the set was parsed from.
 * @throws KerchunkError `cancelled`.
 */
export async function checkSource(set: ReferenceSet, text: Uint8Array, options: CheckOptions): Promise<CheckResult> {
  const tally = new Tally(set, text);
  const check: Check = {
    set,
    tally,
    files: new TiffLookup(set, options.opener, options.signal, options.tiffs),
    stated: statedSources(set),
    options,
    result: { groups: [], arrays: 0, compared: 0, decoded: 0, needPermission: [] },
    told: new Set(),
  };
  for (const path of set.arrayPaths()) {
    throwIfCancelled(options.signal);
    const array = readableArray(set, path);
    if (array !== undefined) await checkArray(check, array);
  }
  return { ...check.result, groups: tally.grouped() };
}

async function checkArray(check: Check, array: ZarrArray): Promise<void> {
  const { set, files, options, result, tally } = check;
  const { signal, onProgress, opener } = options;
  const name = array.path === '' ? 'the array' : array.path;
  const plan = await planSource(set, array, files, fallbackOf(check, array), {
    signal,
    onFile: (url) => onProgress?.(`${name}: reading the headers of ${displayAddress(url)}`),
  });
  for (const target of plan.targets.values()) reportFile(check, array, target);
  if (![...plan.targets.values()].some(({ file }) => file.kind === 'tiff')) return;
  reportUnmatched(check, array, plan);
  if (plan.planes.size === 0) return;
  result.arrays += 1;
  const values = new ValueCheck(set, array, plan, tally);
  onProgress?.(`${name}: comparing the references with the tables of the file`);
  const { compared, sparse } = await checkTables(set, array, plan, tally, signal, (chunk) => {
    values.see(chunk);
  });
  result.compared += compared;
  const [first] = plan.planes.values();
  if (first !== undefined) checkSparseFill(array, first, sparse, tally);
  await values.run(opener, options.samples ?? DEFAULT_SAMPLES, signal, (done, total) =>
    onProgress?.(`${name}: ${decodedInWords(done, total)}`),
  );
  result.decoded += values.decoded;
}

/** The file that an array was made from, where nothing of it has a reference and the reference file names one file alone. */
function fallbackOf({ set, stated }: Check, array: ZarrArray): string | undefined {
  const [only, ...others] = stated.keys();
  const [entry] = set.chunkKinds(array.path);
  return others.length > 0 || array.shape.length < 2 || entry !== undefined ? undefined : only;
}

/** What there is to say of a file as a whole, once, whatever refers to it: that it has changed, is no TIFF, or could not be read. */
function reportFile({ tally, told, result, set, stated }: Check, array: ZarrArray, target: TargetFile): void {
  const { url, file, firstChunk } = target;
  if (told.has(url)) return;
  told.add(url);
  if (file.kind === 'tiff') {
    const source = stated.get(url);
    if (source !== undefined) checkUnchanged(source, file.tiff, tally);
    return;
  }
  const key = target.count === 0 ? metadataKey(array) : storeKey(array, chunkIndices(array, firstChunk));
  if (file.kind === 'other') {
    tally.add({ code: 'source/not-a-tiff', path: array.path, about: url }, key, () => {
      return `${displayAddress(url)} is no TIFF: references into it are not compared with it.`;
    });
    return;
  }
  if (file.code === 'needs-permission') result.needPermission.push(resolveTarget(url, set.url));
  const code = wasReached(file.code) ? 'source/malformed-tiff' : 'source/not-fetched';
  tally.add({ code, path: array.path, about: url }, key, () => {
    return `References into this file could not be compared with it: ${file.reason}.`;
  });
}

/** Whether there is a file, with something wrong with it. */
function wasReached(code: ErrorCode | undefined): boolean {
  return code === 'malformed-tiff' || code === 'limit-exceeded' || code === 'short-read';
}

/** Says where an array, or a part of it, has no image to be compared with, and what of an image is left out. */
function reportUnmatched({ tally }: Check, array: ZarrArray, plan: SourcePlan): void {
  const { path, shape } = array;
  const key = metadataKey(array);
  const tiffs = [...plan.targets.values()].filter(({ file }) => file.kind === 'tiff');
  const [target] = tiffs;
  if (plan.planes.size === 0 && target?.file.kind === 'tiff') {
    const images = target.file.tiff.images.slice(0, 8).map(imageInWords).join(', ');
    if (tiffs.length > 1) {
      tally.add({ code: 'source/not-compared', path }, key, () => {
        return `${path} is put together from parts of ${countInWords(tiffs.length)} files: its references are not compared with their tables.`;
      });
    } else {
      tally.add({ code: 'source/shape', path }, key, () => {
        return `The shape of ${path}, ${shape.join(' x ')}, is that of no image of ${displayAddress(target.url)}, which has ${images}.`;
      });
    }
  }
  const told = new Set<TiffImage>();
  for (const { image, axes, mismatch } of plan.planes.values()) {
    if (told.has(image)) continue;
    told.add(image);
    if (mismatch !== undefined) {
      tally.add({ code: 'source/chunk-shape', path }, key, () => {
        return `The chunks of ${path} cannot be those of ${imageInWords(image)}: ${mismatch}. Its references were not compared.`;
      });
    }
    const missing = image.height - (shape[axes.y] ?? 0);
    if (missing > 0) {
      tally.add({ code: 'source/rows-left-out', path }, key, () => {
        return `${path} leaves out the last ${plural(missing, 'row')} of ${imageInWords(image)}.`;
      });
    }
  }
}
