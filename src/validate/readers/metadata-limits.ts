import { KerchunkError } from '../../errors';
import { isJsonObject, type JsonObject } from '../../json';
import { elementPlaces, textAt } from '../../references/places';
import type { ReferenceSet } from '../../references/reference-set';
import { keyBelow } from '../../zarr/grid';
import { codecLimits } from './codec-limits';
import { fillLimits } from './fill-limits';
import { formsLimits } from './hierarchy-limits';
import type { Obstacles } from './obstacles';
import { typeLimits } from './type-limits';

/** Where a field of `.zarray` is reported. */
export interface FieldPlace {
  key: string;
  path: string;
  obstacles: Obstacles;
}

/** What stops readers from the metadata of the zarr v2 array at `path`. Returns whether they stand in the file and are an object. */
export function metadataLimits(set: ReferenceSet, text: Uint8Array, path: string, obstacles: Obstacles): boolean {
  const key = keyBelow(path, '.zarray');
  formsLimits(set, text, key, obstacles, path);
  formsLimits(set, text, keyBelow(path, '.zattrs'), obstacles, path);
  for (const problem of set.problems) {
    const isHere =
      problem.code === 'json/bare-nan' && (problem.key === key || problem.key === keyBelow(path, '.zattrs'));
    if (isHere && set.document(problem.key)?.nested === false)
      obstacles.at(problem.span, problem.key, 'bare-nan', path);
  }
  const document = set.document(key);
  if (!isJsonObject(document?.value)) {
    elsewhereLimits(set, key, path, document !== undefined, obstacles);
    return false;
  }
  const place = { key, path, obstacles };
  const { value } = document;
  missingLimits(value, place);
  sizeLimits(value, place, (field) => elementTexts(set.valueText(key, [field]) ?? ''));
  formatLimits(value, place);
  if (value.zarr_format === 2 && isFraction(written(set, text, key, ['zarr_format'])))
    obstacles.inside(key, ['zarr_format'], 'format-spelling', path);
  typeLimits(value, place);
  fillLimits(value, place, isIncomplete(set, path));
  codecLimits(value, place);
  return true;
}

/** Metadata that are a reference, or no object. */
function elsewhereLimits(set: ReferenceSet, key: string, path: string, isJson: boolean, obstacles: Obstacles): void {
  const span = set.entrySpan(key);
  const found = isJson ? undefined : orUndefined(() => set.lookup(key));
  if (found?.kind !== 'range' && found?.kind !== 'file') {
    obstacles.at(span, key, 'metadata-not-json', path);
    return;
  }
  obstacles.at(span, key, 'metadata-elsewhere', path);
  if (found.kind === 'file') obstacles.at(span, key, 'metadata-whole-file', path);
}

function missingLimits(document: JsonObject, { key, path, obstacles }: FieldPlace): void {
  const isMissing = (field: string): boolean => document[field] === undefined;
  if (isMissing('zarr_format')) obstacles.inside(key, [], 'no-zarr_format', path);
  if (['shape', 'chunks', 'dtype'].some(isMissing)) obstacles.inside(key, [], 'no-essential', path);
  if (['compressor', 'filters'].some(isMissing)) obstacles.inside(key, [], 'no-codec-field', path);
  if (isMissing('fill_value')) obstacles.inside(key, [], 'no-fill_value', path);
  if (isMissing('order')) obstacles.inside(key, [], 'no-order', path);
}

function formatLimits(document: JsonObject, { key, path, obstacles }: FieldPlace): void {
  const { zarr_format: format, order, dimension_separator: separator } = document;
  if (typeof format === 'string') obstacles.inside(key, ['zarr_format'], 'format-text', path);
  else if (format !== undefined && format !== 2) obstacles.inside(key, ['zarr_format'], 'format-other', path);
  if (typeof format === 'boolean') obstacles.inside(key, ['zarr_format'], 'format-true', path);
  if (order !== undefined && order !== 'C' && order !== 'F') {
    const isTolerated = order === null || order === 'c' || order === 'f';
    obstacles.inside(key, ['order'], isTolerated ? 'order-tolerated' : 'order', path);
  }
  const { chunks } = document;
  const sides = Array.isArray(chunks) ? chunks.filter((side) => side !== 1) : [];
  if (order === 'F' && sides.length > 1) obstacles.inside(key, ['order'], 'order-f', path);
  if (separator === null) obstacles.inside(key, ['dimension_separator'], 'separator-null', path);
  else if (separator === '/') obstacles.inside(key, ['dimension_separator'], 'separator-slash', path);
  else if (separator !== undefined && separator !== '.')
    obstacles.inside(key, ['dimension_separator'], 'separator', path);
}

/** `spelled` gives the texts of the elements of a list: 4.0 and 4 are one number, and not for every reader. */
function sizeLimits(
  document: JsonObject,
  { key, path, obstacles }: FieldPlace,
  spelled: (field: 'shape' | 'chunks') => readonly string[],
): void {
  const { shape, chunks } = document;
  if (Array.isArray(shape) && shape.length === 0) obstacles.inside(key, ['shape'], 'scalar', path);
  for (const [field, size] of Object.entries({ shape, chunks })) {
    if (size === undefined || Array.isArray(size)) continue;
    const isChunks = field === 'chunks';
    if (typeof size === 'number') obstacles.inside(key, [field], isChunks ? 'chunks-number' : 'shape-number', path);
    else obstacles.inside(key, [field], isChunks && typeof size === 'string' ? 'chunks-text' : 'shape-broken', path);
  }
  for (const field of ['shape', 'chunks'] as const) {
    const sizes = document[field];
    if (!Array.isArray(sizes)) continue;
    const texts = spelled(field);
    sizes.forEach((size, axis) => {
      const inner = [field, axis];
      const number = typeof size === 'string' ? Number(size) : size;
      if (typeof number !== 'number' || !(number >= 0) || !Number.isInteger(number))
        obstacles.inside(key, inner, 'shape-broken', path);
      else if (typeof size === 'string' || isFraction(texts[axis] ?? ''))
        obstacles.inside(key, inner, 'shape-spelling', path);
      else if (number === 0 && field === 'shape') obstacles.inside(key, inner, 'shape-zero', path);
      else if (number === 0) chunkZero(shape, axis, inner);
    });
  }
  if (!Array.isArray(shape) || !Array.isArray(chunks) || shape.length === chunks.length) return;
  obstacles.inside(key, ['chunks'], chunks.length < shape.length ? 'rank-fewer' : 'rank-more', path);

  function chunkZero(all: unknown, axis: number, inner: (string | number)[]): void {
    const isEmpty = Array.isArray(all) && all[axis] === 0;
    obstacles.inside(key, inner, isEmpty ? 'chunk-zero' : 'shape-broken', path);
  }
}

/** Whether a number is written with a fraction or an exponent. */
function isFraction(text: string): boolean {
  return /^-?\d+[.eE]/u.test(text);
}

/** The texts of the elements of a list, whose own text is JSON. */
function elementTexts(list: string): string[] {
  const bytes = new TextEncoder().encode(list);
  return elementPlaces(bytes, 0).map((place) => textAt(bytes, place));
}

function written(set: ReferenceSet, text: Uint8Array, key: string, inner: (string | number)[]): string {
  const span = set.innerSpan(key, inner);
  if (span === undefined) return '';
  return new TextDecoder().decode(text.subarray(span.offset, span.offset + span.length));
}

/** Whether chunks of the array are absent, for which readers put the fill value. */
function isIncomplete(set: ReferenceSet, path: string): boolean {
  return (orUndefined(() => set.coverage(path))?.absent ?? 1) > 0;
}

/** What `ask` gives; undefined where the metadata or the reference are malformed. */
export function orUndefined<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}
