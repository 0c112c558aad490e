import type { Pyramid } from '../../../preview/map-types';
import type { Page } from '../page';
import type { Cell } from '../viewport';
import { chunkOf, elementOf } from './map-state';

/** Opens the chunk that holds an element, among the chunks. */
export function openChunkAt(page: Page, pyramid: Pyramid, cell: Cell): void {
  page.dispatch({ type: 'tab', tab: 'chunks' });
  page.dispatch({ type: 'open', indices: chunkOf(pyramid, elementOf(pyramid, page.state.map, cell)) });
}
