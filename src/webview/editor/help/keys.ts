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
export const keyParts: readonly KeyPart[] = [
  {
    part: 'Everywhere',
    lines: [
      { keys: ['?'], does: 'Shows this help; not while a field has the focus' },
      { keys: ['Tab', 'Shift+Tab'], does: 'To the next part or control, and back' },
      { keys: ['Escape'], does: 'Closes this help' },
    ],
  },
  {
    part: 'Groups and arrays',
    lines: [
      { keys: ['↑', '↓'], does: 'Row above or below; from the search field ↓ leads into the tree' },
      { keys: ['→'], does: 'Opens a group; in an open one, its first row' },
      { keys: ['←'], does: 'Closes a group; in a closed one, the group around it' },
      { keys: ['Home', 'End'], does: 'First or last row' },
      { keys: ['Enter', 'Space'], does: 'Shows the array or group' },
      { keys: ['Letters'], does: 'Next row whose name begins with them' },
    ],
  },
  {
    part: 'Chunk grid',
    lines: [
      { keys: ['Arrows'], does: 'Selects the chunk beside' },
      { keys: ['Shift+Arrows'], does: 'Selects a box of chunks' },
      { keys: ['Home', 'End'], does: 'First or last chunk of the row' },
      { keys: ['Ctrl+Home', 'Ctrl+End'], does: 'First or last chunk of all' },
      { keys: ['Enter', 'Space'], does: 'Opens the chunk; zooms into a block of many' },
      { keys: ['+', '-', '0'], does: 'Zooms in, out, to the whole grid' },
    ],
  },
  {
    part: 'Open chunk',
    lines: [
      { keys: ['Page Down', 'Page Up'], does: 'Next or previous chunk in the order of the array' },
      { keys: ['Alt+Arrows'], does: 'Chunk beside' },
    ],
  },
  {
    part: 'Picture of a chunk',
    lines: [
      { keys: ['Arrows'], does: 'Moves the cursor, which reads the value' },
      { keys: ['Shift+Arrows'], does: 'Moves it by 10' },
      { keys: ['+', '-', '0'], does: 'Zooms in, out, to the whole chunk' },
    ],
  },
  {
    part: 'Line of a chunk with one axis',
    lines: [
      { keys: ['←', '→'], does: 'Moves the cursor, which reads the value' },
      { keys: ['Shift+←', 'Shift+→'], does: 'Moves it by 10' },
      { keys: ['Home', 'End'], does: 'First or last value' },
    ],
  },
  {
    part: 'Table of values',
    lines: [
      { keys: ['Arrows'], does: 'Moves to the cell beside; with Ctrl to the first or last of the row or column' },
      { keys: ['Page Down', 'Page Up'], does: 'A page down or up' },
      { keys: ['Home', 'End'], does: 'First or last cell of the row' },
      { keys: ['Shift+Arrows'], does: 'Selects cells' },
      { keys: ['Ctrl+A', 'Ctrl+C'], does: 'Selects all cells; copies those that are selected' },
    ],
  },
  {
    part: 'Chunks and Picture, the tabs of an array',
    lines: [{ keys: ['←', '→', 'Home', 'End'], does: 'Other tab, first or last' }],
  },
  {
    part: 'Picture of a whole array',
    lines: [
      { keys: ['Arrows'], does: 'Moves the map' },
      { keys: ['Shift+Arrows'], does: 'Moves the cursor, which reads the value' },
      { keys: ['+', '-', '0', 'Home'], does: 'Zooms in, out, to the whole array' },
      { keys: ['Enter'], does: 'Opens the chunk under the cursor' },
    ],
  },
  {
    part: 'Comparison',
    lines: [
      { keys: ['Arrows'], does: 'Moves the cursor, which reads both values and their difference' },
      { keys: ['Shift+Arrows'], does: 'Moves it by 10' },
      { keys: ['+', '-', '0'], does: 'Zooms all three pictures in, out, to the whole' },
      { keys: ['Page Down', 'Page Up', 'Alt+Arrows'], does: 'Compares another chunk' },
      { keys: ['Escape'], does: 'Back to the chunk or array' },
    ],
  },
  {
    part: 'Map of a file',
    lines: [
      { keys: ['←', '→'], does: 'Region before or behind in the file' },
      { keys: ['↑', '↓', 'Page Up', 'Page Down'], does: 'Regions farther away' },
      { keys: ['Home', 'End'], does: 'First or last region' },
      { keys: ['Enter', 'Space'], does: 'Opens the chunk of the region' },
      { keys: ['+', '-', '0'], does: 'Zooms in, out, to the whole file' },
    ],
  },
  {
    part: 'Bytes',
    lines: [{ keys: ['Page Down', 'Page Up'], does: 'Scrolls; at the end, or the beginning, reads on' }],
  },
];
