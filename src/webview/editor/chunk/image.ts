import type { Look } from '../../../picture/look';
import type { Elements } from './elements';
import { compositePixels, pixelsOf, type PaintedBand, type Painting } from './pixels';

interface Painted {
  key: string;
  image: HTMLCanvasElement;
}

/** The last image of each chunk's elements: the page is drawn anew much more often than the image changes. */
const painted = new WeakMap<Elements, Painted>();

/** A chunk as an image of one pixel a value; undefined for text. */
export function imageOf(elements: Elements, painting: Painting): HTMLCanvasElement | undefined {
  const { look, plane, band, classes } = painting;
  const key = JSON.stringify([look, plane, band, classes !== null]);
  return remembered(elements, key, () => pixelsOf(elements, painting));
}

/** Three bands as an image, in which the chunk that is open has a part or none. */
export function compositeImage(
  open: Elements,
  bands: readonly [PaintedBand, PaintedBand, PaintedBand],
  scale: Look['scale'],
): HTMLCanvasElement | undefined {
  const parts = bands.map(({ elements, plane, band, range }) => [numberOf(elements), plane, band, range]);
  return remembered(open, JSON.stringify([parts, scale]), () => compositePixels(bands, scale));
}

function remembered(
  elements: Elements,
  key: string,
  paint: () => Uint8ClampedArray<ArrayBuffer> | undefined,
): HTMLCanvasElement | undefined {
  const last = painted.get(elements);
  if (last?.key === key) return last.image;
  const pixels = paint();
  if (pixels === undefined) return undefined;
  const image = document.createElement('canvas');
  image.width = elements.plane.width;
  image.height = elements.plane.height;
  image.getContext('2d')?.putImageData(new ImageData(pixels, image.width, image.height), 0, 0);
  painted.set(elements, { key, image });
  return image;
}

const numbers = new WeakMap<Elements, number>();
let last = 0;

/** A number that tells elements from others. */
function numberOf(elements: Elements): number {
  const number = numbers.get(elements) ?? (last += 1);
  numbers.set(elements, number);
  return number;
}
