import { bandNumbers } from '../../../picture/colours';
import { paint } from '../../../picture/look';
import { elementNumbers, nodataNumber } from '../../../picture/numbers';
import { planeOf } from '../../../picture/plane';
import type { StagePicture } from '../../../preview/types';
import { nodataOf } from '../chunk/elements';
import type { PictureState } from '../state';

/** The last drawing of each picture at each place: the page is drawn anew much more often than a picture changes. */
const drawn = new WeakMap<StagePicture, Map<string, { colours: string; canvas: HTMLCanvasElement }>>();

/** An array in small, in the colours of the chunk's picture and a range of its own: one pixel a value. Each place of the page has its own. */
export function smallPicture(
  picture: StagePicture,
  place: string,
  { colourMap, reversed }: PictureState,
): HTMLCanvasElement {
  const places = drawn.get(picture) ?? new Map<string, { colours: string; canvas: HTMLCanvasElement }>();
  drawn.set(picture, places);
  const last = places.get(place);
  const colours = `${colourMap} ${reversed}`;
  if (last?.colours === colours) return last.canvas;
  const { dataType, shape, data, stretch } = picture;
  const missing = nodataOf(picture.nodata, dataType);
  const numbers = elementNumbers({ dataType, shape, data: new Uint8Array(data) }, missing);
  const plane = planeOf({ shape }, false);
  const look = { colourMap, reversed, scale: 'linear', range: stretch } as const;
  const nodata = nodataNumber(dataType, missing);
  const canvas = document.createElement('canvas');
  canvas.width = plane.width;
  canvas.height = plane.height;
  const pixels = paint(bandNumbers(numbers, plane, 0), look, nodata);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, plane.width, plane.height), 0, 0);
  places.set(place, { colours, canvas });
  return canvas;
}
