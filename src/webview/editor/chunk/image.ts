import type { Elements } from './elements';
import { pixelsOf, type Painting } from './pixels';

interface Painted {
  key: string;
  image: HTMLCanvasElement;
}

/** The last image of each chunk's elements: the page is drawn anew much more often than the image changes. */
const painted = new WeakMap<Elements, Painted>();

/** A chunk as an image of one pixel a value; undefined for text. */
export function imageOf(
  elements: Elements,
  { range, colourMap, plane, band }: Painting,
): HTMLCanvasElement | undefined {
  const key = JSON.stringify([range, colourMap, plane, band]);
  const last = painted.get(elements);
  if (last?.key === key) return last.image;
  const pixels = pixelsOf(elements, { range, colourMap, plane, band });
  if (pixels === undefined) return undefined;
  const image = document.createElement('canvas');
  image.width = elements.plane.width;
  image.height = elements.plane.height;
  image.getContext('2d')?.putImageData(new ImageData(pixels, image.width, image.height), 0, 0);
  painted.set(elements, { key, image });
  return image;
}
