import type { JsonValue } from '../json';
import { parseDataType } from '../zarr/data-type';
import { parseFillValue } from '../zarr/fill-value';
import { elementCount } from '../zarr/shape';
import type { DataType, ObjectValue } from '../zarr/types';
import { damaged } from './decode-error';
import { toLittleEndian } from './elements';
import { elementBytes } from './fill';
import { checkDeclaredSize } from './size';
import type { CodecContext, Decoded } from './types';

/** An item as a serialisation holds it: JSON's values, and bytes where it has them. */
export type Item = ObjectValue;

/**
 * The elements of a list as numcodecs' `json2` and `msgpack2` write it: the elements, nested by axes, then their dtype and their shape; or as
 * their forerunners `json` and `msgpack` did, without a shape, which then is the chunk's.
 * Elements of dtype `|O` stay objects; all others become bytes in their dtype.
 * @throws KerchunkError `decode-failed` where the list is not of that form.
 */
export function elementsOfItems(list: Item, context: CodecContext): Decoded {
  if (!Array.isArray(list) || list.length < 2)
    throw damaged('The items are not a list that ends with a dtype and a shape.');
  const last = list.at(-1);
  const hasShape = typeof last !== 'string';
  const type = typeOf(hasShape ? list.at(-2) : last);
  const shape = hasShape ? shapeOf(last) : context.chunkShape;
  const items = list.slice(0, hasShape ? -2 : -1);
  const elements = shape.length === 0 ? items.slice(0, 1) : flatten(items, shape);
  if (elements.length !== elementCount(shape)) {
    throw damaged(
      `There are ${elements.length} elements where the shape [${shape.join(', ')}] has ${elementCount(shape)}.`,
    );
  }
  return type.kind === 'O' ? { objects: elements } : bytesOf(elements, type, context);
}

function typeOf(item: Item | undefined): DataType {
  if (typeof item !== 'string') throw damaged('The items do not end with a dtype, or with a dtype and a shape.');
  return parseDataType(item);
}

function shapeOf(item: Item | undefined): number[] {
  if (Array.isArray(item)) {
    const sides = item.map(Number);
    if (sides.every((side) => Number.isSafeInteger(side) && side >= 0)) return sides;
  }
  throw damaged('The last item is not a shape.');
}

function flatten(items: Item[], [side = 0, ...rest]: readonly number[]): Item[] {
  if (items.length !== side) throw damaged(`A list has ${items.length} items where the shape has ${side}.`);
  if (rest.length === 0) return items;
  return items.flatMap((item) => {
    if (Array.isArray(item)) return flatten(item, rest);
    throw damaged('The lists are not nested as deep as the shape has axes.');
  });
}

function bytesOf(elements: Item[], type: DataType, context: CodecContext): Uint8Array {
  checkDeclaredSize(elements.length * type.itemSize, context);
  const out = new Uint8Array(elements.length * type.itemSize);
  elements.forEach((item, i) => {
    out.set(elementBytes(item instanceof Uint8Array ? item : parseElement(item, type), type), i * type.itemSize);
  });
  return toLittleEndian(out, type);
}

/** Elements stand in JSON as fill values do, but for texts of S, which are no base64. */
function parseElement(item: Exclude<Item, Uint8Array>, type: DataType) {
  return type.kind === 'S' && typeof item === 'string' ? item : parseFillValue(item as JsonValue, type);
}
