import { parseNodata } from '../../generate/nodata';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json';
import { keyBelow } from '../../zarr/grid';
import type { ZarrArray } from '../../zarr/types';
import { findDelta } from '../delta';
import { fileText, valueUnder } from './editable-text';
import { knownTiffBehind } from './known-tiff';
import { arrayDocuments, arrayPath, readableArray, replaced } from './remedies';
import type { Change, FixContext, Fixer, Remedy } from './types';

/**
 * `delta` becomes the filter that undoes predictor 2 row by row, as our generator writes it. Only where the TIFF is known to have that
 * predictor: the difference is to the same band of the pixel to the left.
 */
export const fixDeltaOverRows: Fixer = (context) => {
  const array = readableArray(context.set, arrayPath(context));
  const delta = array === undefined ? undefined : findDelta(array);
  const image = knownTiffBehind(context, arrayPath(context))?.image;
  if (array === undefined || delta === undefined || image?.predictor !== 2) return [];
  const { config } = delta.step;
  const axis = !image.planar && image.samplesPerPixel > 1 ? -2 : -1;
  const dtype = config.astype ?? config.dtype ?? null;
  const filter = { id: 'imagecodecs_delta', axis, dist: 1, shape: [...array.chunkShape], dtype };
  const changes = replaced(arrayDocuments(context, '.zarray'), ['filters', delta.position], filter);
  return offered({ title: 'Replace "delta" by "imagecodecs_delta"', changes, isPreferred: true });
};

/** A difference that nobody took is not undone. */
export const fixDeltaWithoutPredictor: Fixer = (context) => {
  const array = readableArray(context.set, arrayPath(context));
  const delta = array === undefined ? undefined : findDelta(array);
  if (delta === undefined) return [];
  return offered({
    title: 'Remove the filter "delta"',
    changes: filterRemoved(context, delta.position),
    isPreferred: true,
  });
};

/**
 * The scaling filter becomes the attributes by which xarray scales, so that the fill value is compared with stored values: stored / scale +
 * offset is stored * (1 / scale) + offset. Only where the filter gives the array's own data type, and no attribute scales already.
 */
export const fixScalingFilter: Fixer = (context) => {
  const { set, text } = context;
  const array = readableArray(context.set, arrayPath(context));
  const [first] = array?.codecs ?? [];
  if (set === undefined || array === undefined || first?.id !== 'fixedscaleoffset' || first.place !== 'filter')
    return [];
  const { scale, offset, astype } = first.config;
  const documents = arrayDocuments(context, '.zarray');
  const written = documents[0] === undefined ? undefined : valueUnder(documents[0], [])?.value;
  if (typeof scale !== 'number' || typeof offset !== 'number' || typeof astype !== 'string') return [];
  if (scale === 0 || !isJsonObject(written) || written.dtype !== first.config.dtype) return [];
  const { attributes } = array;
  if (['scale_factor', 'add_offset', '_FillValue'].some((name) => Object.hasOwn(attributes, name))) return [];
  const fill = storedFill(context, written.fill_value);
  const cf: JsonObject = {
    scale_factor: reciprocal(scale),
    add_offset: offset,
    ...(typeof fill === 'number' ? { _FillValue: fill } : {}),
  };
  const changes = [
    ...replaced(documents, ['dtype'], astype),
    ...(fill === written.fill_value ? [] : replaced(documents, ['fill_value'], fill)),
    ...filterRemoved(context, 0),
    ...attributesAdded(
      context,
      array,
      cf,
      set.document(keyBelow(array.path, '.zarray'))?.nested ?? true,
      fileText(text),
    ),
  ];
  return offered({
    title: 'Scale by the attributes "scale_factor" and "add_offset" in place of the filter',
    changes,
    isPreferred: true,
  });
};

/** The fill value as a stored number: the nodata of the TIFF where it is known, else as it stands, which mostly is that nodata. */
function storedFill(context: FixContext, fill: JsonValue | undefined): JsonValue {
  const nodata = parseNodata(knownTiffBehind(context, arrayPath(context))?.tiff.nodata ?? '');
  return nodata === undefined || !Number.isSafeInteger(Number(nodata)) ? (fill ?? null) : Number(nodata);
}

/** 1 / value, in the fewest digits that give the value back: of 10000 it is 0.0001. */
function reciprocal(value: number): number {
  const exact = 1 / value;
  const short = Number(exact.toPrecision(15));
  return 1 / short === value ? short : exact;
}

function filterRemoved(context: FixContext, position: number): Change[] {
  return arrayDocuments(context, '.zarray').flatMap((document): Change[] => {
    const filters = valueUnder(document, ['filters']);
    const filter = valueUnder(document, ['filters', position]);
    if (filters === undefined || filter === undefined || !Array.isArray(filters.value)) return [];
    if (filters.value.length === 1) return [{ kind: 'replace', document, span: filters.span, text: 'null' }];
    return [{ kind: 'remove', document, span: filter.span }];
  });
}

/** Attributes added to those of an array; where it has none, as a document before its metadata, written as these are. */
function attributesAdded(
  context: FixContext,
  { path }: ZarrArray,
  attributes: JsonObject,
  nested: boolean,
  document: ReturnType<typeof fileText>,
): Change[] {
  const documents = arrayDocuments(context, '.zattrs');
  const members = Object.entries(attributes);
  if (documents.length > 0) {
    return documents.map((found): Change => ({ kind: 'add', document: found, object: found.root, members }));
  }
  const place = context.set?.keySpan(keyBelow(path, '.zarray'));
  if (place === undefined || context.set?.keySpan(keyBelow(path, '.zattrs')) !== undefined) return [];
  const json = JSON.stringify(attributes);
  const value = nested ? json : JSON.stringify(json);
  return [{ kind: 'before', document, at: place.offset, key: keyBelow(path, '.zattrs'), value }];
}

function offered(remedy: Remedy): Remedy[] {
  return remedy.changes.length === 0 ? [] : [remedy];
}
