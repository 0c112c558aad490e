import { t } from '../../l10n';

/** What one or several keys do. `Ctrl` is the command key on a Mac; `Arrows` stands for all four. */
export interface KeyLine {
  /** Each does it; keys that are held together are joined by +. */
  keys: readonly string[];
  does: string;
}

/** A part of the page that takes keys while it has the focus. */
export interface KeyPart {
  part: string;
  lines: readonly KeyLine[];
}

/** All keys of the page, part by part; what takes keys adds its lines here. */
/** What is printed on keys, by the names of `keyParts`; a character is its own. */
export const keyWords: Readonly<Record<string, string>> = {
  Alt: t('Alt'),
  Arrows: t('Arrows'),
  Cmd: t('Cmd'),
  Ctrl: t('Ctrl'),
  End: t('End'),
  Enter: t('Enter'),
  Escape: t('Escape'),
  Home: t('Home'),
  Letters: t('Letters'),
  'Page Down': t('Page Down'),
  'Page Up': t('Page Up'),
  Shift: t('Shift'),
  Space: t('Space'),
  Tab: t('Tab'),
};

export const keyParts: readonly KeyPart[] = [
  {
    part: t('Everywhere'),
    lines: [
      { keys: ['?'], does: t('Shows this help; not while a field has the focus') },
      { keys: ['Tab', 'Shift+Tab'], does: t('To the next part or control, and back') },
      { keys: ['Escape'], does: t('Closes this help') },
    ],
  },
  {
    part: t('Groups and arrays'),
    lines: [
      { keys: ['↑', '↓'], does: t('Row above or below; from the search field ↓ leads into the tree') },
      { keys: ['→'], does: t('Opens a group; in an open one, its first row') },
      { keys: ['←'], does: t('Closes a group; in a closed one, the group around it') },
      { keys: ['Home', 'End'], does: t('First or last row') },
      { keys: ['Enter', 'Space'], does: t('Shows the array or group') },
      { keys: ['Letters'], does: t('Next row whose name begins with them') },
    ],
  },
  {
    part: t('Chunk grid'),
    lines: [
      { keys: ['Arrows'], does: t('Selects the chunk beside') },
      { keys: ['Shift+Arrows'], does: t('Selects a box of chunks') },
      { keys: ['Home', 'End'], does: t('First or last chunk of the row') },
      { keys: ['Ctrl+Home', 'Ctrl+End'], does: t('First or last chunk of all') },
      { keys: ['Enter', 'Space'], does: t('Opens the chunk; zooms into a block of many') },
      { keys: ['C'], does: t('Compares the selected chunk or box') },
      { keys: ['+', '-', '0'], does: t('Zooms in, out, to the whole grid') },
    ],
  },
  {
    part: t('Open chunk'),
    lines: [
      { keys: ['Page Down', 'Page Up'], does: t('Next or previous chunk in the order of the array') },
      { keys: ['Alt+Arrows'], does: t('Chunk beside') },
      { keys: ['C'], does: t('Compares the chunk') },
    ],
  },
  {
    part: t('Picture of a chunk'),
    lines: [
      { keys: ['Arrows'], does: t('Moves the cursor, which reads the value') },
      { keys: ['Shift+Arrows'], does: t('Moves it by 10') },
      { keys: ['+', '-', '0'], does: t('Zooms in, out, to the whole chunk') },
    ],
  },
  {
    part: t('Line of a chunk with one axis'),
    lines: [
      { keys: ['←', '→'], does: t('Moves the cursor, which reads the value') },
      { keys: ['Shift+←', 'Shift+→'], does: t('Moves it by 10') },
      { keys: ['Home', 'End'], does: t('First or last value') },
    ],
  },
  {
    part: t('Table of values'),
    lines: [
      { keys: ['Arrows'], does: t('Moves to the cell beside; with Ctrl to the first or last of the row or column') },
      { keys: ['Page Down', 'Page Up'], does: t('A page down or up') },
      { keys: ['Home', 'End'], does: t('First or last cell of the row') },
      { keys: ['Shift+Arrows'], does: t('Selects cells') },
      { keys: ['Ctrl+A', 'Ctrl+C'], does: t('Selects all cells; copies those that are selected') },
    ],
  },
  {
    part: t('Chunks and Picture, the tabs of an array'),
    lines: [{ keys: ['←', '→', 'Home', 'End'], does: t('Other tab, first or last') }],
  },
  {
    part: t('Picture of a whole array'),
    lines: [
      { keys: ['Arrows'], does: t('Moves the map') },
      { keys: ['Shift+Arrows'], does: t('Moves the cursor, which reads the value') },
      { keys: ['+', '-', '0', 'Home'], does: t('Zooms in, out, to the whole array') },
      { keys: ['Enter'], does: t('Opens the chunk under the cursor') },
      { keys: ['C'], does: t('Compares the selected window, else what is in view') },
    ],
  },
  {
    part: t('Comparison'),
    lines: [
      { keys: ['Arrows'], does: t('Moves the cursor, which reads both values and their difference') },
      { keys: ['Shift+Arrows'], does: t('Moves it by 10') },
      { keys: ['+', '-', '0'], does: t('Zooms all three pictures in, out, to the whole') },
      { keys: ['Page Down', 'Page Up', 'Alt+Arrows'], does: t('Compares another chunk') },
      { keys: ['Escape'], does: t('Back to the chunk or array') },
    ],
  },
  {
    part: t('Map of a file'),
    lines: [
      { keys: ['←', '→'], does: t('Region before or behind in the file') },
      { keys: ['↑', '↓', 'Page Up', 'Page Down'], does: t('Regions farther away') },
      { keys: ['Home', 'End'], does: t('First or last region') },
      { keys: ['Enter', 'Space'], does: t('Opens the chunk of the region') },
      { keys: ['+', '-', '0'], does: t('Zooms in, out, to the whole file') },
    ],
  },
  {
    part: t('Bytes'),
    lines: [{ keys: ['Page Down', 'Page Up'], does: t('Scrolls; at the end, or the beginning, reads on') }],
  },
];
