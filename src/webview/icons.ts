const svg = 'http://www.w3.org/2000/svg';

/** Outlines in a square of 16. */
const outlines = {
  yes: ['M3 8.5 6.5 12 13 4.5'],
  no: ['M4 4l8 8', 'M12 4l-8 8'],
  warning: ['M8 2.2 14.4 13.5H1.6Z', 'M8 6.3v3.6', 'M8 11.6v.4'],
  left: ['M3.5 8h9'],
  copy: ['M5.5 5.5h8v8h-8Z', 'M10.5 5.5v-3h-8v8h3'],
  file: ['M3.5 1.5h6l3 3v10h-9Z', 'M9.5 1.5v3h3'],
  folder: ['M1.5 3.5h5l1.5 2h6.5v8h-13Z'],
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
