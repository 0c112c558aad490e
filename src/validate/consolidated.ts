import { isJsonObject, type JsonObject, type JsonValue, shortJson } from '../json';
import { isMetadataKey } from '../references/documents';
import type { ReferenceSet } from '../references/reference-set';
import { countInWords } from '../words';
import { keyBelow } from '../zarr/grid';
import type { CheckContext } from './checks';
import { sameJson } from '../same-json';

/** Groups whose consolidated metadata are compared: each with all documents of the file. */
const MOST_DOCUMENTS = 20;

/** Keys that are told one by one. */
const MOST_TOLD = 20;

/**
 * `.zmetadata`, the copy of all metadata documents that zarr-python and xarray read first where they are let
 * (zarr-python 2, convenience.py, `consolidate_metadata`): of its form, and the same as the documents themselves.
 * kerchunk's own engine of xarray does not look at it.
 */
export function checkConsolidated(context: CheckContext): void {
  let left = MOST_DOCUMENTS;
  for (const group of new Set(['', ...context.set.groupPaths()])) {
    const key = keyBelow(group, '.zmetadata');
    const document = context.set.document(key)?.value;
    if (!isJsonObject(document)) continue;
    if (left-- === 0) return;
    if (checkForm(key, document, context)) checkCopies(group, key, document.metadata, context);
  }
}

function checkForm(
  key: string,
  { zarr_consolidated_format: format, metadata }: JsonObject,
  { reporter }: CheckContext,
): boolean {
  if (!isJsonObject(metadata)) {
    const is = metadata === undefined ? 'is missing' : `is ${shortJson(metadata)}`;
    const message = `"metadata" ${is}; it must be an object of all metadata documents by key. xarray fails, unless told consolidated=False.`;
    reporter.inside(key, ['metadata'], 'zarr2/consolidated', message);
    return false;
  }
  if (format !== 1) {
    const is = format === undefined ? 'is missing' : `is ${shortJson(format)}`;
    const message = `"zarr_consolidated_format" ${is}; it must be the integer 1. zarr-python 2 and xarray with it fail.`;
    reporter.inside(key, ['zarr_consolidated_format'], 'zarr2/consolidated', message);
  }
  const faulty = Object.entries(metadata).find(([, value]) => !isJsonObject(value));
  if (faulty === undefined) return true;
  const message = `"${faulty[0]}" in "metadata" is ${shortJson(faulty[1])}; it must be an object. zarr-python 3 and xarray with it fail.`;
  reporter.inside(key, ['metadata', faulty[0]], 'zarr2/consolidated', message);
  return true;
}

function checkCopies(
  group: string,
  key: string,
  metadata: JsonValue | undefined,
  { set, reporter }: CheckContext,
): void {
  if (!isJsonObject(metadata)) return;
  const differences = [...differencesOf(group, metadata, set)];
  for (const { path, message } of differences.slice(0, MOST_TOLD)) {
    reporter.inside(key, path, 'zarr2/consolidated-stale', message);
  }
  const rest = differences.length - MOST_TOLD;
  if (rest <= 0) return;
  const message = `${countInWords(rest)} more documents are not as they stand here. Make the consolidated metadata anew, or remove them.`;
  reporter.rest(key, ['metadata'], 'zarr2/consolidated-stale', rest, message);
}

function* differencesOf(
  group: string,
  metadata: JsonObject,
  set: ReferenceSet,
): Iterable<{ path: string[]; message: string }> {
  const remedy = 'Readers of consolidated metadata see the copy. Make it anew, or remove it.';
  for (const [name, copy] of Object.entries(metadata)) {
    // What is no object, and what is no document, is told before or nothing that a reader asks for.
    if (!isJsonObject(copy) || !isMetadataKey(name)) continue;
    const stands = keyBelow(group, name);
    const document = set.document(stands)?.value;
    if (document === undefined) {
      // A document in a file of its own cannot be compared.
      if (set.keySpan(stands) !== undefined) continue;
      yield {
        path: ['metadata', name],
        message: `"${name}" stands in .zmetadata alone: there is no "${stands}". ${remedy}`,
      };
    } else if (!sameJson(copy, document)) {
      const member = memberThatDiffers(copy, document);
      const which = member === undefined ? '' : ` in "${member}"`;
      yield {
        path: ['metadata', name, ...(member === undefined || !Object.hasOwn(copy, member) ? [] : [member])],
        message: `"${name}" differs${which} from the document itself, "${stands}". ${remedy}`,
      };
    }
  }
  for (const name of looseDocuments(group, set)) {
    if (Object.hasOwn(metadata, name)) continue;
    yield {
      path: ['metadata'],
      message: `"${name}" is not in .zmetadata, so that readers of consolidated metadata do not see it. Make it anew, or remove it.`,
    };
  }
}

/** The first member that two documents do not share. */
function memberThatDiffers(copy: JsonObject, document: JsonValue): string | undefined {
  if (!isJsonObject(document)) return undefined;
  return Object.keys({ ...copy, ...document }).find((name) => !sameJson(copy[name] ?? null, document[name] ?? null));
}

/** Names, below a group, of the documents of zarr v2 in it that stand in the reference file. */
function looseDocuments(group: string, set: ReferenceSet): string[] {
  const below = keyBelow(group, '');
  const paths = [...new Set([...set.groupPaths(), ...set.arrayPaths()])];
  const inside = paths.filter((path) => path === group || path.startsWith(below));
  return inside
    .flatMap((path) => ['.zgroup', '.zarray', '.zattrs'].map((name) => keyBelow(path, name)))
    .filter((name) => set.keySpan(name) !== undefined)
    .map((name) => name.slice(below.length));
}
