import { parseNodata } from '../../generate/nodata';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json';
import { readDataType } from '../../zarr/data-type';
import { fillValueOf } from '../../zarr/fill-value';
import { keyBelow } from '../../zarr/grid';
import { findDelta } from '../delta';
import { isArrayInStep } from './consolidated-copies';
import { valueUnder } from './editable-text';
import { knownTiffBehind } from './known-tiff';
import { arrayDocuments, arrayPath, documentsUnder, readableArray, replaced } from './remedies';
import type { Change, FixContext, Fixer } from './types';

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
  return [{ title: 'Replace "delta" by "imagecodecs_delta"', changes, isPreferred: true }];
};

/** A difference that nobody took is not undone. */
export const fixDeltaWithoutPredictor: Fixer = (context) => {
  const array = readableArray(context.set, arrayPath(context));
  const delta = array === undefined ? undefined : findDelta(array);
  if (delta === undefined) return [];
  // Where it stores differences in another type, what is stored is not of the array's type once it is gone.
  const { dtype, astype = dtype } = delta.step.config;
  if (astype !== null && astype !== dtype) return [];
  const changes = filterRemoved(context, delta.position);
  return [{ title: 'Remove the filter "delta"', changes, isPreferred: true }];
};

/**
 * The scaling filter becomes the attributes by which xarray scales, so that the fill value is compared with stored values: stored / scale +
 * offset is stored * (1 / scale) + offset. Only where the filter gives the array's own data type, no attribute scales already, and the fill
 * value is one of the stored type; and where xarray reads the array, which it does by the names of its dimensions, and the attributes can
 * be written: else the values would come out unscaled.
 */
export const fixScalingFilter: Fixer = (context) => {
  const array = readableArray(context.set, arrayPath(context));
  const [first] = array?.codecs ?? [];
  if (array === undefined || first?.id !== 'fixedscaleoffset' || first.place !== 'filter') return [];
  const { scale, offset, astype } = first.config;
  const documents = arrayDocuments(context, '.zarray');
  const written = documents[0] === undefined ? undefined : valueUnder(documents[0], [])?.value;
  if (!isFinite(scale) || !isFinite(offset) || typeof astype !== 'string') return [];
  if (scale === 0 || !isJsonObject(written) || written.dtype !== first.config.dtype) return [];
  const { attributes, dimensionNames } = array;
  if (dimensionNames === undefined) return [];
  if (['scale_factor', 'add_offset', '_FillValue'].some((name) => Object.hasOwn(attributes, name))) return [];
  const fill = storedFill(context, written.fill_value);
  const stored = readDataType(astype).type;
  if (stored === undefined || (fill !== null && fillValueOf(fill, stored) === undefined)) return [];
  const cf: JsonObject = {
    scale_factor: reciprocal(scale),
    add_offset: offset,
    ...(typeof fill === 'number' ? { _FillValue: fill } : {}),
  };
  const added = attributesAdded(context, array.path, cf);
  if (added === undefined) return [];
  const changes = [
    ...replaced(documents, ['dtype'], astype),
    ...(fill === written.fill_value ? [] : replaced(documents, ['fill_value'], fill)),
    ...filterRemoved(context, 0),
    ...added,
  ];
  return [
    {
      title: 'Scale by the attributes "scale_factor" and "add_offset" in place of the filter',
      changes,
      isPreferred: true,
    },
  ];
};

function isFinite(value: JsonValue | undefined): value is number {
  return Number.isFinite(value);
}

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

/** Attributes added to those of an array; undefined where they cannot be written wherever the array's metadata stand. */
function attributesAdded(context: FixContext, path: string, attributes: JsonObject): Change[] | undefined {
  const { set } = context;
  const key = keyBelow(path, '.zattrs');
  if (set === undefined || !isJsonObject(set.document(key)?.value) || !isArrayInStep(set, path)) return undefined;
  const documents = documentsUnder(context, key);
  if (documents.length === 0) return undefined;
  const members = Object.entries(attributes);
  return documents.map((document): Change => ({ kind: 'add', document, object: document.root, members }));
}
