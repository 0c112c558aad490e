import { panned, zoomed, type Cell, type Frame, type Viewport } from './viewport';

/** A drawing that can be zoomed and dragged. */
export interface Zoomable {
  frame: () => Frame | undefined;
  viewport: () => Viewport;
  pointOf: (event: MouseEvent) => { x: number; y: number };
  change: (viewport: Viewport) => void;
  /** A click that was no drag. */
  click: (point: { x: number; y: number }, event: MouseEvent) => void;
}

/** Pixels that a pointer may wander in a click. */
const steady = 4;
const wheelStep = 1.25;

/**
 * Zooms by the wheel while the element has the focus or Ctrl is held (else the page scrolls, as everywhere), drags by the pointer, and
 * tells clicks.
 */
export function listenToGestures(element: HTMLElement, zoomable: Zoomable): void {
  let last: { x: number; y: number } | undefined;
  let dragging = false;
  element.addEventListener(
    'wheel',
    (event) => {
      const frame = zoomable.frame();
      if (frame === undefined || !(event.ctrlKey || event.metaKey || element.matches(':focus'))) return;
      event.preventDefault();
      const factor = event.deltaY < 0 ? wheelStep : 1 / wheelStep;
      zoomable.change(zoomed(frame, zoomable.viewport(), factor, zoomable.pointOf(event)));
    },
    { passive: false },
  );
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    last = zoomable.pointOf(event);
    dragging = false;
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    const frame = zoomable.frame();
    if (last === undefined || frame === undefined) return;
    const point = zoomable.pointOf(event);
    const by = { x: wholePixels(point.x - last.x), y: wholePixels(point.y - last.y) };
    if (!dragging && Math.hypot(by.x, by.y) < steady) return;
    dragging = true;
    last = { x: last.x + by.x, y: last.y + by.y };
    zoomable.change(panned(frame, zoomable.viewport(), by));
  });
  element.addEventListener('pointerup', (event) => {
    if (last !== undefined && !dragging) zoomable.click(zoomable.pointOf(event), event);
    last = undefined;
  });
  element.addEventListener('pointercancel', () => {
    last = undefined;
  });
}

/** A length that is a whole number of the screen's pixels: what is drawn can be moved by it as it is. */
function wholePixels(length: number): number {
  const ratio = window.devicePixelRatio;
  return Math.round(length * ratio) / ratio;
}

/** The factor that a key zooms by: + and -; 0 for the whole; undefined for other keys. */
export function zoomOfKey(key: string): number | undefined {
  if (key === '+' || key === '=') return 2;
  if (key === '-' || key === '_') return 0.5;
  return key === '0' ? 0 : undefined;
}

const steps: Readonly<Record<string, Cell>> = {
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
};

/** Where an arrow leads from a cell; undefined for other keys. */
export function stepOfKey(key: string): Cell | undefined {
  return steps[key];
}
