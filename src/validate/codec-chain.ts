import { elementTypesOf, isCompressing, isKnownCodec } from '../codecs/registry';
import { nameOf } from '../codecs/elements';
import { KerchunkError } from '../errors';
import type { CodecStep, DataType, ZarrArray } from '../zarr/types';
import { imageTypes, isImageCodec, isObjectCodec, keepsBits } from './codec-kinds';
import { type PlacedStep, placedSteps } from './codec-places';
import { isOwnCodec } from './known-codecs';
import type { Reporter } from './reporter';
import { shortValue } from './short-value';

/** What stands between two steps of a chain, in the order of encoding. */
interface Flow {
  /** Elements, and whose they are; undefined where they are bytes, or of a type that is not known. */
  elements: { type: DataType; whose: string } | undefined;
  /** Id of the compressor that has been applied; undefined as long as none is. */
  compressedBy: string | undefined;
}

/**
 * Whether the types of an array's codec chain connect (zarr v2 specification, "Filters"): the array's dtype is what undoing the first filter gives,
 * and what each filter makes is what the next one takes. Reports each step that does not connect to the one before; what comes after
 * an unknown codec is not known, and not looked at. Returns whether nothing was found.
 */
export function checkCodecChain(key: string, array: ZarrArray, reporter: Reporter): boolean {
  let sound = true;
  const report: Report = (step, member, code, message) => {
    reporter.inside(key, [...step.path, member], code, message);
    sound = false;
  };
  let flow: Flow = { elements: { type: array.dataType, whose: "the array's dtype" }, compressedBy: undefined };
  for (const [index, step] of placedSteps(array).entries()) {
    if (!isKnownCodec(step.id) || isOwnCodec(step.id)) break;
    // Objects without an object codec are a fault of their own.
    if (index === 0 && array.dataType.kind === 'O' && !isObjectCodec(step)) break;
    const next = checkStep(step, flow, report);
    if (next === undefined) break;
    flow = next;
  }
  return sound;
}

type Report = (
  step: PlacedStep,
  member: string,
  code: 'zarr2/codec-chain' | 'zarr2/codec-order' | 'zarr2/compressed-twice' | 'zarr2/shuffle-size',
  message: string,
) => void;

/** What a step makes of what it is given; undefined where nothing can be said of the steps after it. */
function checkStep(step: PlacedStep, flow: Flow, report: Report): Flow | undefined {
  if (isObjectCodec(step)) return checkObjects(step, flow, report);
  const types = typesOf(step);
  if (types === 'faulty') return undefined;
  if (flow.compressedBy !== undefined && (types !== undefined || step.id === 'shuffle')) {
    const message =
      `"${step.id}" stands after the compressor "${flow.compressedBy}", so that readers apply it to compressed bytes. Filters are listed in the ` +
      `order of encoding: what works on elements comes before what compresses.`;
    report(step, 'id', 'zarr2/codec-order', message);
    return undefined;
  }
  if (types !== undefined) {
    checkTypes(step, types.decoded, flow.elements, report);
    return { ...flow, elements: { type: types.encoded, whose: `what "${step.id}" makes` } };
  }
  if (step.id === 'shuffle') checkShuffle(step, flow.elements, report);
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

/** The types of a step's elements; `faulty` where its configuration names none that numpy has, which is a fault of its own. */
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
  report(step, 'id', 'zarr2/codec-chain', message);
  return undefined;
}

function checkTypes(step: PlacedStep, decoded: DataType, given: Flow['elements'], report: Report): void {
  if (given === undefined) return;
  const mismatch = mismatchOf(decoded, given.type, keepsBits(step.id, decoded));
  if (mismatch === undefined) return;
  const member = step.id === 'astype' ? 'decode_dtype' : 'dtype';
  const message =
    `"${step.id}" decodes to ${nameOf(decoded)} ("${member}"), and ${given.whose} is ${nameOf(given.type)}: ${mismatch}. The two must be ` +
    'the same.';
  report(step, member, 'zarr2/codec-chain', message);
}

/**
 * What is wrong where elements of one type are taken for those of another; undefined where they read alike. Readers take the bytes of one for the other
 * (zarr, `chunk.view(dtype)`), so that signed and unsigned integers of one size are alike, and integers and floats are to a step that
 * keeps all bits.
 */
function mismatchOf(decoded: DataType, given: DataType, bitsOnly: boolean): string | undefined {
  if (decoded.itemSize !== given.itemSize) {
    return `elements of ${decoded.itemSize} bytes are taken for some of ${given.itemSize}, and chunks do not have their shape, or wrong values`;
  }
  const orders = [decoded.byteOrder, given.byteOrder];
  if (orders.includes('little') && orders.includes('big')) return 'bytes are in the wrong order, and values wrong';
  const [from, to] = [classOf(decoded), classOf(given)];
  return from === to || bitsOnly ? undefined : `the bits of ${from} are taken for ${to}, and values are wrong`;
}

const CLASSES: Readonly<Record<DataType['kind'], string>> = {
  b: 'integers',
  i: 'integers',
  u: 'integers',
  m: 'integers',
  M: 'integers',
  f: 'floats',
  c: 'complex numbers',
  S: 'bytes',
  V: 'bytes',
  U: 'text',
  O: 'objects',
};

function classOf(type: DataType): string {
  return CLASSES[type.kind];
}

function checkShuffle(step: PlacedStep, given: Flow['elements'], report: Report): void {
  const { elementsize = 4 } = step.config;
  if (given === undefined || elementsize === given.type.itemSize) return;
  const said =
    step.config.elementsize === undefined
      ? 'has no "elementsize", which is then 4'
      : `has "elementsize" ${shortValue(elementsize)}`;
  const message =
    `"shuffle" ${said}, and ${given.whose}, ${nameOf(given.type)}, has ${given.type.itemSize} bytes. Bytes shuffled by HDF5 or ` +
    `by the size of an element come out as wrong values of the right length; write ${given.type.itemSize} unless they were shuffled so.`;
  report(step, 'elementsize', 'zarr2/shuffle-size', message);
}

function checkPackedBits(step: PlacedStep, given: Flow['elements'], report: Report): void {
  if (given === undefined || given.type.itemSize === 1) return;
  const message =
    `"packbits" decodes to booleans of one byte, and ${given.whose} is ${nameOf(given.type)}: chunks do not have their shape. ` +
    'It is for arrays of dtype "|b1".';
  report(step, 'id', 'zarr2/codec-chain', message);
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
    report(step, 'id', 'zarr2/codec-chain', message);
  } else if (byteOrder === 'big') {
    const message =
      `"${step.id}" decodes to little-endian numbers, the machine's own, and ${given.whose} is ${nameOf(given.type)}: ` +
      `bytes are in the wrong order, and values wrong. Write ${nameOf({ ...given.type, byteOrder: 'little' })}.`;
    report(step, 'id', 'zarr2/codec-chain', message);
  }
}
