import type { Page } from '../page';
import { revealing, stepped, type Cell } from '../viewport';
import type { ChunkPicture } from './chunk-picture';
import type { Pictured } from './pictured';
import { readoutInWords } from './readout';

/** The first picture on the page: where there are two, both have the same frame. */
export function pictureElement(): ChunkPicture | null {
  return document.querySelector<ChunkPicture>('chunk-picture');
}

/** Moves the cursor by `times` steps within the picture and reads what is there; without a cursor it begins in the corner. */
export function moveCursor(page: Page, pictured: Pictured, step: Cell, times: number): void {
  const { cursor } = page.state.picture;
  const { width: columns, height: rows } = pictured.readers.plane;
  putCursor(page, pictured, stepped(cursor, step, times, { rows, columns }));
}

/** Moves the cursor to a place in the picture and reads what is there. */
export function putCursor(page: Page, pictured: Pictured, to: Cell): void {
  const { viewport } = page.state.picture;
  const frame = pictureElement()?.frame;
  const seen = frame === undefined ? viewport : revealing(frame, viewport, to);
  page.dispatch({ type: 'picture', change: { cursor: to, viewport: seen, hover: null } });
  page.announce(readoutInWords(page, pictured, to));
}
