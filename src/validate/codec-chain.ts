import { shortJson } from '../json';
import type { ElementTypes } from '../codecs/element-types';
import { elementTypesOf, isCompressing, isKnownCodec } from '../codecs/registry';
import { nameOf } from '../codecs/elements';
import { KerchunkError } from '../errors';
import { sameJson } from '../same-json';
import { plural } from '../words';
import { isObjectCodec } from '../zarr/object-codecs';
import type { CodecStep, DataType, ZarrArray } from '../zarr/types';
import { imageTypes, isImageCodec, isNativeOrder, keepsBits } from './codec-kinds';
import { type PlacedStep, placedSteps } from './codec-places';
import { isOwnCodec } from './known-codecs';
import { knownSize } from './known-size';
import type { Reporter } from './reporter';
import { type MismatchKind, mismatchOf, sameType } from './type-mismatch';

/** Steps of one array that are told of: finding the place of each costs a walk through the document. */
const MOST_TOLD = 10;

interface Elements {
  type: DataType;
  whose: string;
  /** How many belong together: 2 where they are the parts of complex numbers. */
  parts: 1 | 2;
}

/** What stands between two steps of a chain, in the order of encoding. */
interface Flow {
  /** Elements, and whose they are; undefined where they are bytes, or of a type that is not known. */
  elements: Elements | undefined;
  /** Id of the compressor that has been applied; undefined as long as none is. */
  compressedBy: string | undefined;
}

/** How a step does not connect to what it is given: by the types of elements, as objects, as packed bits, or as an image. */
export type ChainFaultKind = MismatchKind | 'objects' | 'packed-bits' | 'image-size' | 'image-order';

/** A step of a chain that does not connect to the one before, or to the array's dtype. */
export interface ChainFault {
  kind: ChainFaultKind;
  step: PlacedStep;
  /** Whether it is what the array's dtype is given by. */
  isFirst: boolean;
}

/**
 * Whether the types of an array's codec chain connect (zarr v2 specification, "Filters"): the array's dtype is what
 * undoing the first filter gives, and what each filter makes is what the next one takes. Reports each step that does
 * not connect to the one before; what comes after an unknown codec is not known, and not looked at. Returns whether
 * nothing was found.
 */
export function checkCodecChain(key: string, array: ZarrArray, reporter: Reporter): boolean {
  let told = 0;
  walkChain(array, (step, member, code, message, { severity } = {}) => {
    reporter.inside(key, [...step.path, member], code, message, severity);
    return ++told < MOST_TOLD;
  });
  return told === 0;
}

/** The first steps of a chain that do not connect, in the order of encoding; those that `checkCodecChain` reports as such. */
export function chainFaults(array: ZarrArray): ChainFault[] {
  const found: ChainFault[] = [];
  const [first] = placedSteps(array);
  walkChain(array, (step, _member, code, _message, { kind } = {}) => {
    if (code === 'zarr2/codec-chain' && kind !== undefined)
      found.push({ kind, step, isFirst: sameJson(step.path, first?.path ?? []) });
    return found.length < MOST_TOLD;
  });
  return found;
}

/** Gives `tell` what does not connect, until it returns false. */
function walkChain(array: ZarrArray, tell: Tell): void {
  const state = { isEnough: false };
  const report: Report = (...told) => {
    state.isEnough = !tell(...told);
  };
  let flow: Flow = {
    elements: { type: array.dataType, whose: "the array's dtype", parts: 1 },
    compressedBy: undefined,
  };
  for (const [index, step] of placedSteps(array).entries()) {
    if (!isKnownCodec(step.id) || isOwnCodec(step.id)) break;
    // Objects without an object codec are a fault of their own.
    if (index === 0 && array.dataType.kind === 'O' && !isObjectCodec(step)) break;
    const next = checkStep(step, flow, report, () => knownSize(array, index));
    if (next === undefined || state.isEnough) break;
    flow = next;
  }
}

type Told = [
  step: PlacedStep,
  member: string,
  code: 'zarr2/codec-chain' | 'zarr2/codec-order' | 'zarr2/compressed-twice' | 'zarr2/shuffle-size',
  message: string,
  more?: { severity?: 'error' | undefined; kind?: ChainFaultKind },
];
type Tell = (...told: Told) => boolean;
type Report = (...told: Told) => void;

/** What a step makes of what it is given; undefined where nothing can be said of the steps after it. */
function checkStep(
  step: PlacedStep,
  flow: Flow,
  report: Report,
  bytesGiven: () => number | undefined,
): Flow | undefined {
  if (isObjectCodec(step)) return checkObjects(step, flow, report);
  const types = typesOf(step);
  if (types === 'faulty') return undefined;
  if (flow.compressedBy !== undefined && (types !== undefined || step.id === 'shuffle')) {
    const message =
      `"${step.id}" stands after the compressor "${flow.compressedBy}", so that readers apply it to compressed bytes. Filters are listed in the ` +
      `order of encoding: what works on elements comes before what compresses.`;
    // Bytes can be shuffled wherever they stand; elements need not even be whole in compressed bytes, and zarr-python fails.
    report(step, 'id', 'zarr2/codec-order', message, { severity: types === undefined ? undefined : 'error' });
    return undefined;
  }
  if (types !== undefined) {
    const parts = checkTypes(step, types, flow.elements, report);
    return { ...flow, elements: { type: types.encoded, whose: `what "${step.id}" makes`, parts } };
  }
  if (step.id === 'shuffle') checkShuffle(step, flow.elements, report, bytesGiven);
  if (step.id === 'packbits') checkPackedBits(step, flow.elements, report);
  if (isImageCodec(step.id)) checkImage(step, flow.elements, report);
  // What keeps its bytes as they are keeps the type of the elements too.
  if (step.id === 'bitround') return flow;
  if (!isCompressing(step.id)) return { ...flow, elements: undefined };
  if (flow.compressedBy !== undefined && !isImageCodec(flow.compressedBy) && !isImageCodec(step.id)) {
    const message =
      `"${step.id}" compresses what "${flow.compressedBy}" has compressed before. Where the bytes are compressed once, readers fail on every chunk; ` +
      'remove the one that was not applied.';
    report(step, 'id', 'zarr2/compressed-twice', message);
    return undefined;
  }
  return { elements: undefined, compressedBy: step.id };
}

/**
 * The types of a step's elements; `faulty` where its configuration names none that numpy has, which is a fault of its
 * own.
 */
function typesOf(step: CodecStep): ReturnType<typeof elementTypesOf> | 'faulty' {
  try {
    return elementTypesOf(step);
  } catch (error) {
    if (error instanceof KerchunkError) return 'faulty';
    throw error;
  }
}

function checkObjects(step: PlacedStep, { elements }: Flow, report: Report): Flow | undefined {
  if (elements?.type.kind === 'O') return { elements: undefined, compressedBy: undefined };
  const what = elements === undefined ? 'bytes stand here' : `${elements.whose} is ${nameOf(elements.type)}`;
  const message =
    `"${step.id}" decodes to Python objects, and ${what}; readers fail on the array. It is the first filter of an array of ` +
    'dtype "|O", or none.';
  report(step, 'id', 'zarr2/codec-chain', message, { kind: 'objects' });
  return undefined;
}

/** Reports a step that does not decode to what it is given; returns how many of what it makes belong together. */
function checkTypes(step: PlacedStep, types: ElementTypes, given: Flow['elements'], report: Report): 1 | 2 {
  if (given === undefined) return 1;
  const { decoded } = types;
  const bitsOnly = keepsBits(step.id, types);
  const { type, parts } = given;
  if (type.kind === 'c' && sameType(decoded, { ...type, kind: 'f', itemSize: type.itemSize / 2 })) return 2;
  if (bitsOnly && parts === 2 && decoded.itemSize === 2 * type.itemSize && 'iu'.includes(decoded.kind)) return 1;
  const mismatch = mismatchOf(decoded, type, bitsOnly);
  if (mismatch === undefined) return parts;
  const member = step.id === 'astype' ? 'decode_dtype' : 'dtype';
  const message =
    `"${step.id}" decodes to ${nameOf(decoded)} ("${member}"), and ${given.whose} is ${nameOf(type)}: ${mismatch.message}. The two must be ` +
    'the same.';
  report(step, member, 'zarr2/codec-chain', message, { kind: mismatch.kind });
  return 1;
}

function checkShuffle(
  step: PlacedStep,
  given: Flow['elements'],
  report: Report,
  bytesGiven: () => number | undefined,
): void {
  const { elementsize = 4 } = step.config;
  if (given === undefined || elementsize === given.type.itemSize) return;
  const { type, whose } = given;
  const said =
    step.config.elementsize === undefined
      ? 'has no "elementsize", which is then 4'
      : `has "elementsize" ${shortJson(elementsize)}`;
  // numcodecs leaves bytes as they are by elements of one byte, and refuses a part of an element.
  const rest = typeof elementsize === 'number' && elementsize > 1 ? (bytesGiven() ?? 0) % elementsize : 0;
  const consequence =
    rest === 0
      ? 'Bytes that HDF5 shuffled by the size of an element come out as wrong values of the right length'
      : `A chunk is no whole number of ${shortJson(elementsize)} bytes, and readers fail on it`;
  const message =
    `"shuffle" ${said}, and ${whose}, ${nameOf(type)}, has ${plural(type.itemSize, 'byte')}. ${consequence}; write ` +
    `${type.itemSize}${rest === 0 ? ' unless they were shuffled so' : ''}.`;
  report(step, 'elementsize', 'zarr2/shuffle-size', message, { severity: rest === 0 ? undefined : 'error' });
}

function checkPackedBits(step: PlacedStep, given: Flow['elements'], report: Report): void {
  if (given === undefined || given.type.itemSize === 1) return;
  const message =
    `"packbits" decodes to booleans of one byte, and ${given.whose} is ${nameOf(given.type)}: chunks do not have their shape. ` +
    'It is for arrays of dtype "|b1".';
  report(step, 'id', 'zarr2/codec-chain', message, { kind: 'packed-bits' });
}

function checkImage(step: PlacedStep, given: Flow['elements'], report: Report): void {
  const types = imageTypes(step.id);
  if (given === undefined || types === undefined) return;
  const { kind, itemSize, byteOrder } = given.type;
  const size = `${kind === 'f' ? 'f' : 'iub'.includes(kind) ? 'u' : kind}${itemSize}`;
  if (!types.includes(size)) {
    const message =
      `"${step.id}" decodes to ${types.map((type) => type.replace('u', 'integers of ').replace('f', 'floats of ')).join(', ')} ` +
      `bytes, and ${given.whose} is ${nameOf(given.type)}: chunks do not have their shape.`;
    report(step, 'id', 'zarr2/codec-chain', message, { kind: 'image-size' });
  } else if (byteOrder === 'big' && isNativeOrder(step.id)) {
    const message =
      `"${step.id}" decodes to little-endian numbers, the machine's own, and ${given.whose} is ${nameOf(given.type)}: ` +
      `bytes are in the wrong order, and values wrong. Write ${nameOf({ ...given.type, byteOrder: 'little' })}.`;
    report(step, 'id', 'zarr2/codec-chain', message, { kind: 'image-order' });
  }
}
