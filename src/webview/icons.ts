import { outlines, type IconName } from './outlines';

const svg = 'http://www.w3.org/2000/svg';

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
