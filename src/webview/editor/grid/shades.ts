import { colourTable } from '../../../picture/colour-maps';
import { type GridShades, type ShadeName, targetShades } from '../../../preview/types';

/** Red, green, blue and alpha for each shade, bytes; none for shade 0. */
export type ShadePalette = readonly (readonly [number, number, number, number])[];

/**
 * Colours of targets that are told apart by people who see few colours, too: the eight of Okabe and Ito without black ("Color Universal
 * Design", 2008), and three of Paul Tol's muted scheme.
 */
const TARGET_COLOURS = [
  ...['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7'],
  ...['#882255', '#44aa99', '#999933'],
];

const palettes: Record<ShadeName, ShadePalette> = { size: sizePalette(), target: targetPalette() };

export function shadePalette({ by }: GridShades): ShadePalette {
  return palettes[by];
}

/** Shade 1 is the least and 255 the most. */
function sizePalette(): ShadePalette {
  const colours = colourTable('viridis');
  return Array.from({ length: 256 }, (_, shade) => {
    const at = 3 * Math.round(((Math.max(1, shade) - 1) * 255) / 254);
    return [colours[at] ?? 0, colours[at + 1] ?? 0, colours[at + 2] ?? 0, 255];
  });
}

function targetPalette(): ShadePalette {
  return Array.from({ length: targetShades + 1 }, (_, shade) => {
    const colour = Number.parseInt((TARGET_COLOURS[shade - 1] ?? '#000000').slice(1), 16);
    return [colour >> 16, (colour >> 8) & 255, colour & 255, 255];
  });
}

const written = new WeakMap<ShadePalette, string[]>();

/** A shade as a colour of CSS. */
export function shadeColour(palette: ShadePalette, shade: number): string {
  const colours = written.get(palette) ?? palette.map(([red, green, blue]) => `rgb(${red} ${green} ${blue})`);
  written.set(palette, colours);
  return colours[shade] ?? 'rgb(0 0 0)';
}
