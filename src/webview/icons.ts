const svg = 'http://www.w3.org/2000/svg';

/** Outlines in a square of 16. */
export const outlines = {
  yes: ['M3 8.5 6.5 12 13 4.5'],
  no: ['M4 4l8 8', 'M12 4l-8 8'],
  warning: ['M8 2.2 14.4 13.5H1.6Z', 'M8 6.3v3.6', 'M8 11.6v.4'],
  left: ['M3.5 8h9'],
  copy: ['M5.5 5.5h8v8h-8Z', 'M10.5 5.5v-3h-8v8h3'],
  file: ['M3.5 1.5h6l3 3v10h-9Z', 'M9.5 1.5v3h3'],
  folder: ['M1.5 3.5h5l1.5 2h6.5v8h-13Z'],
  array: ['M2.5 2.5h11v11h-11Z', 'M2.5 6.2h11', 'M2.5 9.8h11', 'M6.2 2.5v11', 'M9.8 2.5v11'],
  error: ['M8 1.8a6.2 6.2 0 1 0 0 12.4 6.2 6.2 0 0 0 0-12.4Z', 'M5.7 5.7l4.6 4.6', 'M10.3 5.7l-4.6 4.6'],
  info: ['M8 1.8a6.2 6.2 0 1 0 0 12.4 6.2 6.2 0 0 0 0-12.4Z', 'M8 7.3v3.9', 'M8 4.8v.4'],
  search: ['M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z', 'M10.3 10.3l3.7 3.7'],
  chevron: ['M6 4l4 4-4 4'],
  previous: ['M10 3.5 5.5 8l4.5 4.5'],
  next: ['M6 3.5 10.5 8 6 12.5'],
  up: ['M3.5 10 8 5.5l4.5 4.5'],
  down: ['M3.5 6 8 10.5 12.5 6'],
  plus: ['M8 3v10', 'M3 8h10'],
  minus: ['M3 8h10'],
  fit: ['M2.5 6V2.5H6', 'M10 2.5h3.5V6', 'M13.5 10v3.5H10', 'M6 13.5H2.5V10'],
  lock: ['M3.5 7.5h9v6h-9Z', 'M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5'],
  unlock: ['M3.5 7.5h9v6h-9Z', 'M5.5 7.5V4.5a2.5 2.5 0 0 1 4.9-.6'],
  again: ['M13 8a5 5 0 1 1-1.5-3.6', 'M13 2v3h-3'],
  hole: [
    'M2.5 2.5h2.6',
    'M6.7 2.5h2.6',
    'M10.9 2.5h2.6v2.6',
    'M13.5 6.7v2.6',
    'M13.5 10.9v2.6h-2.6',
    'M9.3 13.5H6.7',
    'M5.1 13.5H2.5v-2.6',
    'M2.5 9.3V6.7',
    'M2.5 5.1V2.5',
  ],
  cloud: ['M4.5 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.6 0 3 3 0 0 1-.3 6Z', 'M6 8l4 4', 'M10 8l-4 4'],
  cut: ['M2 5h7', 'M2 11h4', 'M11.5 2.5v11', 'M14 5h-.5'],
  puzzle: ['M3 5.5h3a1.6 1.6 0 1 1 3.2 0h3.3v3a1.6 1.6 0 1 0 0 3.2v1.8H3Z'],
  shield: ['M8 1.8 13.2 4v4c0 3-2.2 5.2-5.2 6.2C5 13.2 2.8 11 2.8 8V4Z'],
  fill: ['M2.5 2.5h11v11h-11Z', 'M2.5 9 9 2.5', 'M2.5 13.5l11-11', 'M7 13.5 13.5 7'],
} as const;

export type IconName = keyof typeof outlines;

/** A drawn sign in the colour of the text around it. It says nothing that words beside it do not say: screen readers pass over it. */
export function icon(name: IconName): SVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('class', `icon icon-${name}`);
  drawing.setAttribute('aria-hidden', 'true');
  for (const outline of outlines[name]) {
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('d', outline);
    drawing.append(path);
  }
  return drawing;
}
