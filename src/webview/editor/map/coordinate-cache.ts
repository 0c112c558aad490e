import { KerchunkError } from '../../../errors';
import type { PlaceCoordinates, Pyramid } from '../../../preview/map-types';
import type { Page } from '../page';

/** Indices along an axis whose coordinates are asked for together. */
const block = 1024;
const mostBlocks = 256;

/** A coordinate of an element. */
export interface Coordinate {
  axis: number;
  name: string;
  text: string;
}

/** Coordinates of the elements that were looked at, asked for in blocks around them. */
export class CoordinateCache {
  #key = '';
  readonly #blocks = new Map<string, PlaceCoordinates | null>();

  /** What is known of an element's coordinates; what is not is asked for, and the page is drawn again when it comes. */
  at(page: Page, { path, levels }: Pyramid, element: readonly number[]): Coordinate[] {
    const shape = levels[0]?.shape ?? [];
    const { generation } = page.state;
    const key = JSON.stringify([generation, path]);
    if (key !== this.#key) this.#blocks.clear();
    this.#key = key;
    const slices = element.map((index, axis) => {
      const start = Math.floor(index / block) * block;
      return { start, stop: Math.min(shape[axis] ?? start, start + block) };
    });
    const name = slices.map(({ start }) => start).join('.');
    const known = this.#blocks.get(name);
    if (known === undefined) this.#ask(page, key, name, path, slices);
    return (known?.coordinates ?? []).flatMap(({ axis, name: along, unit, texts }) => {
      const text = texts[(element[axis] ?? 0) - (slices[axis]?.start ?? 0)] ?? null;
      return text === null ? [] : [{ axis, name: along, text: unit === null ? text : `${text} ${unit}` }];
    });
  }

  #ask(page: Page, key: string, name: string, path: string, slices: { start: number; stop: number }[]): void {
    if (this.#blocks.size >= mostBlocks) this.#blocks.clear();
    this.#blocks.set(name, null);
    page.ask('coordinates', { path, slices }).then(
      (found) => {
        if (this.#key !== key) return;
        this.#blocks.set(name, found);
        page.dispatch({ type: 'map', change: { coordinates: page.state.map.coordinates + 1 } });
      },
      (error: unknown) => {
        // Without coordinates the indices are still told.
        if (!(error instanceof KerchunkError)) throw error;
      },
    );
  }
}
