import { isJsonObject, type JsonValue } from '../json';
import { checkExtension, points } from './zarr3-extension';
import { isWhole, shown, unknownMembers, type Zarr3Node } from './zarr3-node';

/** Rules of `shape`: a list of integers from 0. Returns it where it is. */
export function checkShape(node: Zarr3Node): number[] | undefined {
  const { shape } = node.document;
  if (shape === undefined) return undefined;
  if (!Array.isArray(shape)) {
    node.report(
      'zarr3/shape',
      ['shape'],
      `"shape" is ${shown(shape)}; it must be a list of integers, one for each dimension.`,
    );
    return undefined;
  }
  const at = faultySide(node, shape, ['shape'], 0);
  if (at === undefined) return shape.map(Number);
  const message = `"shape" has ${shownSide(node, shape, ['shape'], at)} for dimension ${at}; it must be an integer from 0.`;
  node.report('zarr3/shape', ['shape', at], message);
  return undefined;
}

/** Index of the first element of a list that is no integer from `least`, or not written as one. */
function faultySide(node: Zarr3Node, sides: readonly JsonValue[], place: string[], least: number): number | undefined {
  const faulty = sides.findIndex((side) => !isWhole(side, least));
  if (faulty >= 0) return faulty;
  if (node.isWrittenInWhole(place)) return undefined;
  const written = sides.findIndex((_, index) => !node.isWrittenInWhole([...place, index] as string[]));
  return written < 0 ? undefined : written;
}

function shownSide(node: Zarr3Node, sides: readonly JsonValue[], place: string[], index: number): string {
  return node.literal([...place, index]) ?? shown(sides[index]);
}

/**
 * Rules of `chunk_grid` (zarr v3, "Chunk grids"): regular, with an integer from 1 for each dimension. Returns the chunk shape where it is
 * whole.
 */
export function checkChunkGrid(node: Zarr3Node, shape: readonly number[] | undefined): number[] | undefined {
  if (node.document.chunk_grid === undefined) return undefined;
  const place = ['chunk_grid'];
  const grid = checkExtension(node, place, points.chunkGrid);
  if (grid === undefined) return undefined;
  const fault = (at: (string | number)[], message: string): undefined => {
    node.report('zarr3/chunk-grid', [...place, ...at], message);
    return undefined;
  };
  if (grid.name === 'rectilinear') {
    const message =
      'zarr-python 3.1 does not have the chunk grid "rectilinear" and fails on the array. Where only the last chunk is smaller, as the last ' +
      'strip of a TIFF, kerchunk generate makes it whole.';
    node.report('zarr3/extension-unsupported', place, message);
    return undefined;
  }
  if (grid.name !== 'regular') {
    fault([], `The chunk grid is "${grid.name}"; zarr-python knows only "regular".`);
    return;
  }
  const sides = grid.configuration.chunk_shape;
  if (sides === undefined) {
    fault([], 'The chunk grid has no "chunk_shape" in its configuration.');
    return;
  }
  const at = ['configuration', 'chunk_shape'];
  const [extra] = unknownMembers(grid.configuration, ['chunk_shape']);
  if (extra !== undefined) {
    fault(['configuration', extra], `The chunk grid has a member "${extra}", on which zarr-python fails.`);
    return;
  }
  if (!Array.isArray(sides)) {
    fault(at, `"chunk_shape" is ${shown(sides)}; it must be a list of integers, one for each dimension.`);
    return;
  }
  const faulty = faultySide(node, sides, [...place, ...at], 1);
  if (faulty !== undefined) {
    const found = shownSide(node, sides, [...place, ...at], faulty);
    fault([...at, faulty], `"chunk_shape" has ${found} for dimension ${faulty}; it must be an integer from 1.`);
    return;
  }
  if (shape !== undefined && shape.length !== sides.length) {
    const message = `"shape" has ${shape.length} dimensions and "chunk_shape" ${sides.length}; they must have the same number.`;
    fault(at, message);
    return;
  }
  return sides.map(Number);
}

/** Rules of `chunk_key_encoding` (zarr v3, "Chunk key encoding"): default or v2, with a dot or a slash between indices. */
export function checkKeyEncoding(node: Zarr3Node): void {
  const json = node.document.chunk_key_encoding;
  if (json === undefined) return;
  const place = ['chunk_key_encoding'];
  const encoding = checkExtension(node, place, points.keyEncoding);
  if (encoding === undefined) return;
  const { name, configuration } = encoding;
  const report = (at: string[], message: string, severity?: 'warning'): void => {
    node.report('zarr3/chunk-key-encoding', [...place, ...at], message, severity);
  };
  const [extra] = unknownMembers(configuration, ['separator']);
  const beside = isJsonObject(json) ? json.separator : undefined;
  const { separator } = configuration;
  if (name !== 'default' && name !== 'v2') {
    report([], `The chunk key encoding is "${name}"; it must be "default" (keys such as "c/0/0") or "v2" ("0.0").`);
  } else if (extra !== undefined) {
    report(['configuration', extra], `The chunk key encoding has a member "${extra}", on which zarr-python fails.`);
  } else if (separator !== undefined && separator !== '.' && separator !== '/') {
    report(['configuration', 'separator'], `"separator" is ${shown(separator)}; it must be "." or "/".`);
  } else if (beside !== undefined && beside !== '.' && beside !== '/') {
    report(['separator'], `"separator" is ${shown(beside)}; it must be "." or "/", and stand in "configuration".`);
  } else if (beside !== undefined) {
    const message =
      '"separator" stands beside the name; zarr-python reads it there, other readers only in "configuration".';
    report(['separator'], message, 'warning');
  }
}
