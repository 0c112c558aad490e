import { bandValues, mappedColours } from '../../../picture/colours';
import { elementNumbers, nodataNumber } from '../../../picture/numbers';
import { planeOf } from '../../../picture/plane';
import type { StagePicture } from '../../../preview/types';
import { nodataOf } from '../chunk/elements';
import { colourMaps } from '../chunk/pixels';
import type { PictureState } from '../state';

/** The last drawing of each picture at each place: the page is drawn anew much more often than a picture changes. */
const drawn = new WeakMap<StagePicture, Map<string, { colours: string; canvas: HTMLCanvasElement }>>();

/** An array in small, in the colours of the chunk's picture and a range of its own: one pixel a value. Each place of the page has its own. */
export function smallPicture(picture: StagePicture, place: string, { colourMap }: PictureState): HTMLCanvasElement {
  const places = drawn.get(picture) ?? new Map<string, { colours: string; canvas: HTMLCanvasElement }>();
  drawn.set(picture, places);
  const last = places.get(place);
  if (last?.colours === colourMap) return last.canvas;
  const { dataType, shape, data, stretch } = picture;
  const nodata = nodataOf(picture.nodata, dataType);
  const numbers = elementNumbers({ dataType, shape, data: new Uint8Array(data) }, nodata);
  const plane = planeOf({ shape }, false);
  const values = bandValues(numbers, plane, 0, nodataNumber(dataType, nodata));
  const canvas = document.createElement('canvas');
  canvas.width = plane.width;
  canvas.height = plane.height;
  const pixels = mappedColours(values, stretch ?? undefined, colourMaps[colourMap]);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, plane.width, plane.height), 0, 0);
  places.set(place, { colours: colourMap, canvas });
  return canvas;
}
