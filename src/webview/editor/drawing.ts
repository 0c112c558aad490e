/** CSS pixels around a drawing, for frames around what stands at its edge. */
const margin = 3;

/**
 * A canvas that fills its element's width, is drawn anew when what it shows, its size or the theme changes, and has the height that
 * its content asks for.
 */
export abstract class Drawing<Shown> extends HTMLElement {
  readonly #canvas = document.createElement('canvas');
  readonly #sizes = new ResizeObserver(() => {
    this.redraw();
  });
  readonly #themes = new MutationObserver(() => {
    this.#colours.clear();
    this.redraw();
  });
  readonly #colours = new Map<string, string>();
  #shown: Shown | undefined;
  #asked = 0;

  get shown(): Shown | undefined {
    return this.#shown;
  }

  set shown(shown: Shown | undefined) {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.redraw();
  }

  connectedCallback(): void {
    this.prepend(this.#canvas);
    this.#sizes.observe(this);
    this.#themes.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
    this.#themes.observe(document.documentElement, { attributeFilter: ['style'] });
    this.#colours.clear();
    this.redraw();
  }

  disconnectedCallback(): void {
    this.#sizes.disconnect();
    this.#themes.disconnect();
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
  }

  /** Draws at the next frame. */
  redraw(): void {
    if (this.#asked !== 0 || !this.isConnected) return;
    this.#asked = requestAnimationFrame(() => {
      this.#asked = 0;
      this.#draw();
    });
  }

  /** Pixels of height for a width. */
  protected abstract heightFor(shown: Shown, width: number): number;

  /** Draws in a context whose unit is a CSS pixel, from the upper left corner within the margin. */
  protected abstract draw(context: CanvasRenderingContext2D, shown: Shown): void;

  /** The colour of a custom property of the style sheet, in this theme. */
  protected colour(name: string): string {
    const colour = this.#colours.get(name) ?? getComputedStyle(this).getPropertyValue(name).trim();
    if (colour !== '') this.#colours.set(name, colour);
    return colour;
  }

  /** A pointer's place in the drawing, within the margin. */
  protected pointOf(event: MouseEvent): { x: number; y: number } {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - left - margin, y: event.clientY - top - margin };
  }

  #draw(): void {
    const shown = this.#shown;
    const width = Math.floor(this.clientWidth);
    if (shown === undefined || width <= 2 * margin) return;
    const height = Math.ceil(this.heightFor(shown, width - 2 * margin)) + 2 * margin;
    const ratio = window.devicePixelRatio;
    const canvas = this.#canvas;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    // A canvas that is given a size gets new memory, even where it has that size.
    if (canvas.width !== across || canvas.height !== down) {
      canvas.width = across;
      canvas.height = down;
    }
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext('2d');
    if (context === null) return;
    context.clearRect(0, 0, across, down);
    context.save();
    context.scale(ratio, ratio);
    context.translate(margin, margin);
    this.draw(context, shown);
    context.restore();
  }
}
