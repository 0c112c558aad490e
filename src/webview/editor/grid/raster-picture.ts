import type { GridMap } from './cells';
import { movement, moveRows, putPart, wholeMovement, type Offset } from './movement';
import { brokenMarks, painted, planOf, shadesUnder, statesOf, type CellColours, type RasterPlan } from './raster';
import type { ShadePalette } from './shades';

/** What a grid of very small cells is drawn with. */
export interface RasterLook {
  colours: CellColours;
  /** Undefined where cells have the colours of their states. */
  palette: ShadePalette | undefined;
  /** Pixels that a malformed chunk takes at least, each way. */
  mark: number;
}

/** A grid of very small cells, drawn pixel by pixel: what was drawn is kept, and moved where the grid is dragged. */
export class RasterPicture {
  #key = '';
  #maps: readonly GridMap[] = [];
  #at: Offset = { x: 0, y: 0 };
  #states = new Uint8Array();
  #image: ImageData | undefined;
  #marks: HTMLCanvasElement | undefined;

  /** Makes it the picture of a plan of at least one pixel. */
  update(plan: RasterPlan, look: RasterLook): void {
    const { layout, cellWidth, cellHeight, width, height, maps } = plan;
    const key = JSON.stringify([layout, cellWidth, cellHeight, width, height, look]);
    const same =
      key === this.#key && maps.length === this.#maps.length && maps.every((map, index) => map === this.#maps[index]);
    const to = { x: plan.left * cellWidth, y: plan.top * cellHeight };
    if (!same) {
      this.#key = key;
      this.#maps = maps;
      this.#states = new Uint8Array(width * height);
      this.#image = new ImageData(width, height);
    }
    const { by, parts, at } = same ? movement(this.#at, to, plan) : wholeMovement(to, plan);
    this.#at = at;
    if (parts.length === 0 || this.#image === undefined) return;
    const pixels = new Uint32Array(this.#image.data.buffer);
    moveRows(this.#states, width, by);
    moveRows(pixels, width, by);
    const moved = { ...plan, left: at.x / cellWidth, top: at.y / cellHeight };
    for (const part of parts) {
      const own = planOf(moved, part);
      const states = statesOf(own);
      const shades = look.palette === undefined ? undefined : shadesUnder(own);
      const shading =
        shades === undefined || look.palette === undefined ? undefined : { shades, palette: look.palette };
      putPart(this.#states, width, part, states);
      putPart(pixels, width, part, new Uint32Array(painted(states, look.colours, shading).buffer));
    }
    this.#marks = imageOf(brokenMarks(this.#states, plan, look.mark, look.colours.broken), plan);
  }

  /** The cells, where nothing has been drawn yet. */
  draw(context: CanvasRenderingContext2D): void {
    const { e, f } = context.getTransform();
    if (this.#image !== undefined) context.putImageData(this.#image, Math.round(e), Math.round(f));
  }

  /** The malformed chunks, above everything else. */
  drawMarks(context: CanvasRenderingContext2D): void {
    if (this.#marks === undefined) return;
    // Pixel by pixel of the screen: drawn to half a pixel, a column would be lost.
    const { e, f } = context.getTransform();
    context.save();
    context.setTransform(1, 0, 0, 1, Math.round(e), Math.round(f));
    context.drawImage(this.#marks, 0, 0);
    context.restore();
  }
}

function imageOf(
  rgba: Uint8ClampedArray<ArrayBuffer> | undefined,
  { width, height }: RasterPlan,
): HTMLCanvasElement | undefined {
  if (rgba === undefined) return undefined;
  const image = document.createElement('canvas');
  image.width = width;
  image.height = height;
  image.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return image;
}
