import { shapeOf } from '../codecs/config';
import { type JsonValue, shortJson } from '../json';
import { countInWords } from '../words';
import { elementCount } from '../zarr/shape';
import type { ZarrArray } from '../zarr/types';
import { codecFields } from './codec-fields';
import { type PlacedStep, placedSteps } from './codec-places';
import type { Reporter } from './reporter';

/** Members that are told one by one, for each array: finding the place of each costs a walk through the document. */
const MOST_TOLD = 10;

interface Fault {
  step: PlacedStep;
  member: string;
  message: string;
  severity: 'error' | 'warning';
}

/**
 * Reports members of a codec's configuration that are missing, of the wrong type or out of range, or that the codec
 * does not have. Returns whether nothing was found that keeps chunks from being decoded.
 */
export function checkCodecConfig(key: string, array: ZarrArray, reporter: Reporter): boolean {
  const faults = placedSteps(array).flatMap((step) => faultsOf(step, array));
  for (const { step, member, message, severity } of faults.slice(0, MOST_TOLD)) {
    reporter.inside(key, [...step.path, member], 'zarr2/codec-config', message, severity);
  }
  const more = faults.length - MOST_TOLD;
  if (more > 0) {
    const message = `${countInWords(more)} more members of codecs of this array have this fault and are not listed.`;
    reporter.rest(key, ['filters'], 'zarr2/codec-config', more, message);
  }
  return faults.every(({ severity }) => severity !== 'error');
}

function faultsOf(step: PlacedStep, array: ZarrArray): Fault[] {
  const fields = codecFields.get(step.id);
  if (fields === undefined) return [];
  const { id, config } = step;
  const faults: Fault[] = [];
  for (const [member, field] of Object.entries(fields.members)) {
    const value = config[member];
    const { expected, severity } = field;
    const must = `it must be ${expected}`;
    if (value === undefined && field.required === true) {
      const message = `"${id}" has no "${member}"; ${must}. ${consequence(severity)}`;
      faults.push({ step, member, message, severity });
    } else if (value !== undefined && !field.holds(value)) {
      const message = `"${member}" of "${id}" is ${shortJson(value)}; ${must}. ${consequence(severity)}`;
      faults.push({ step, member, message, severity });
    }
  }
  if (fields.others !== true) {
    for (const member of Object.keys(config)) {
      if (Object.hasOwn(fields.members, member)) continue;
      const message = `"${id}" has no "${member}"; Python refuses a configuration with it, and fails on the array. Remove it.`;
      faults.push({ step, member, message, severity: 'error' });
    }
  }
  return faults.length > 0 ? faults : [...lzmaFaults(step), ...shapeFaults(step, array), ...packedFaults(step)];
}

function consequence(severity: Fault['severity']): string {
  return severity === 'error' ? 'Readers fail, or read wrong values.' : 'Decoding does without it, writing does not.';
}

/** Python's lzma takes `filters` for raw streams alone, and needs them there. */
function lzmaFaults(step: PlacedStep): Fault[] {
  if (step.id !== 'lzma') return [];
  const { format = 1, filters = null } = step.config;
  const isRaw = format === 3;
  if (isRaw === (filters !== null)) return [];
  const message = isRaw
    ? '"lzma" of format 3, raw, has no "filters", which such a stream does not name itself. Readers fail.'
    : `"lzma" has "filters" and the format ${shortJson(format)}; only raw streams, format 3, take them. Readers fail.`;
  return [{ step, member: isRaw ? 'format' : 'filters', message, severity: 'error' }];
}

/** imagecodecs 2026.3.6 turns the bytes of big-endian integers of 24 bits round, and 2025.3.30 those of little-endian ones. */
function packedFaults(step: PlacedStep): Fault[] {
  const { bitspersample: bits, dtype } = step.config;
  if (step.id !== 'imagecodecs_packints' || bits !== 24 || typeof dtype !== 'string' || !dtype.startsWith('>'))
    return [];
  const message =
    `"${step.id}" of 24 bits has the "dtype" ${shortJson(dtype)}, and imagecodecs 2026.3.6 turns the bytes of big-endian ones round: values are wrong. ` +
    `Write "<${dtype.slice(1)}", here and as "dtype" of the array.`;
  return [{ step, member: 'dtype', message, severity: 'error' }];
}

/** imagecodecs gives a chunk the shape that the configuration has, before it sums along the axis. */
function shapeFaults(step: PlacedStep, { chunkShape }: ZarrArray): Fault[] {
  const isPredictor = step.id === 'imagecodecs_delta' || step.id === 'imagecodecs_floatpred';
  const stated: JsonValue | undefined = step.config.shape;
  if (!isPredictor || stated === undefined || stated === null) return [];
  const shape = shapeOf(step.config, chunkShape);
  const [count, needed] = [elementCount(shape), elementCount(chunkShape)];
  if (count !== needed) {
    const message =
      `"shape" of "${step.id}" is ${shortJson(stated)}, ${count} elements, and a chunk of [${chunkShape.join(', ')}] has ${needed}. ` +
      'Readers fail on every chunk; write the shape of the chunk.';
    return [{ step, member: 'shape', message, severity: 'error' }];
  }
  const axis = Number(step.config.axis ?? -1);
  if (axis < shape.length && axis >= -shape.length) return [];
  const message = `"axis" of "${step.id}" is ${axis}, and "shape" ${shortJson(stated)} has ${shape.length}. Readers fail.`;
  return [{ step, member: 'axis', message, severity: 'error' }];
}
