import { turns } from '../steps';
import { filledArray } from '../codecs/fill';
import { KerchunkError } from '../errors';
import {
  checkSteppedSlices,
  chunksOfSteppedWindow,
  copyStepped,
  type SteppedSlice,
  type SteppedRegion,
  steppedShape,
} from '../read/stepped';
import { bytesInWords } from '../words';
import { storeKey } from '../zarr/grid';
import { elementCount } from '../zarr/shape';
import type { FillValue, NdArray, ZarrArray } from '../zarr/types';
import { isNumeric } from '../zarr/values';
import { ChunkLoader, type ChunkSource } from './chunk-loader';
import type { PreviewDocument } from './document';
import type { WindowFailure, WindowRequest, WindowValues } from './map-types';
import { levelOf } from './pyramid';
import { dtypeInWords } from './type-words';

/** Bytes of the decoded chunks that a worker keeps for windows of all its documents. */
const MOST_KEPT = 128 * 2 ** 20;
/** Bytes of one window: a tile has a thousandth of it. */
const MOST_BYTES = 256 * 2 ** 20;
const MOST_CHUNKS = 2 ** 16;

const loader = new ChunkLoader(MOST_KEPT);

/**
 * Values of a part of an array or of one of its overviews. Absent chunks are fill values; a chunk that cannot be read is a failure of the
 * result, and no value of it is invented.
 * @throws KerchunkError as `pyramidOf`; `invalid-argument` for slices outside the level, a level that there is not, and elements that are no
 * numbers; `limit-exceeded` above 256 MiB of values or 65,536 chunks; `cancelled`.
 */
export async function windowValues(
  document: PreviewDocument,
  { path, level, slices }: WindowRequest,
  signal: AbortSignal,
): Promise<WindowValues> {
  return readSteppedWindow(await levelOf(document, path, level, signal), slices, signal);
}

/** As `windowValues`, of any array whose chunks can be found. @throws KerchunkError as it, but for what finding the level does. */
export async function readSteppedWindow(
  source: ChunkSource,
  slices: readonly SteppedSlice[],
  signal: AbortSignal,
): Promise<WindowValues> {
  const { array } = source;
  const { dataType } = array;
  checkSteppedSlices(array, slices);
  const shape = steppedShape(slices);
  checkSize(array, shape);
  const needed = chunksOfSteppedWindow(array, slices, MOST_CHUNKS);
  const data = new Uint8Array(elementCount(shape) * dataType.itemSize);
  const window = { dataType, shape, data };
  const failures: WindowFailure[] = [];
  let absent = 0;
  const giveWay = turns(signal);
  const loads: Promise<void>[] = [];
  for (const { indices, region } of needed) {
    await giveWay();
    const load = loader.load(source, indices, signal, (content) => {
      if (content.kind === 'values') copyStepped(content.values, window, region);
      else if (content.kind === 'absent') {
        fillRegion(window, region, array.fillValue);
        absent += 1;
      } else {
        const { targetStart: start, size } = region;
        // What counts values, such as the range of a picture's colours, passes fill values over.
        fillRegion(window, region, array.fillValue);
        failures.push({ key: storeKey(array, indices), indices, ...content.failure, start, size });
      }
    });
    // One that fails while others are still being asked for is heard below.
    load.catch(() => undefined);
    loads.push(load);
  }
  await Promise.all(loads);
  return { dataType, shape, data: data.buffer, failures, chunks: needed.length, absent };
}

/** One row of fill values, again and again: whole windows are not filled for the few chunks that are absent or fail. */
function fillRegion(window: NdArray, { targetStart, size }: SteppedRegion, fillValue: FillValue): void {
  const row = size.map((length, axis) => (axis === size.length - 1 ? length : 1));
  const sourceStep = size.map((_, axis) => (axis === size.length - 1 ? 1 : 0));
  const sourceStart = size.map(() => 0);
  copyStepped(filledArray(row, window.dataType, fillValue), window, { sourceStart, targetStart, size, sourceStep });
}

function checkSize({ path, dataType }: ZarrArray, shape: readonly number[]): void {
  if (!isNumeric(dataType)) {
    const what = dtypeInWords(dataType);
    throw new KerchunkError('invalid-argument', `"${path}" holds ${what}, of which there is no picture.`);
  }
  const bytes = elementCount(shape) * dataType.itemSize;
  if (bytes <= MOST_BYTES) return;
  throw new KerchunkError(
    'limit-exceeded',
    `A window of ${shape.join(' x ')} values of "${path}" has ${bytesInWords(bytes)}; at most ${bytesInWords(MOST_BYTES)} ` +
      'are shown at once. Ask for a smaller window, or a larger step.',
  );
}
