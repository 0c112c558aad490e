import type { TiffPart } from './part';

/** Where each description of a file's bands stands, counted from 0: mostly at one place. */
function placesOf({ descriptions = [] }: Pick<TiffPart, 'descriptions'>): Map<string, string> {
  const places = new Map<string, string>();
  descriptions.forEach((text, band) => {
    if (text !== null) places.set(text, `${places.get(text) ?? ''} ${band}`);
  });
  return places;
}

/**
 * Whether a band of one file is another in the other, by their descriptions, so that one array would mix the two. Descriptions that are simply
 * others, such as dates, say nothing of that, and neither does a file without any.
 */
export function isReordered(own: Pick<TiffPart, 'descriptions'>, others: Pick<TiffPart, 'descriptions'>): boolean {
  const places = placesOf(others);
  return Array.from(placesOf(own)).some(([text, at]) => (places.get(text) ?? at) !== at);
}

/** The order of the bands of files that become one array: of all of them, since the first may have no descriptions. */
export class BandOrder<File extends { part: Pick<TiffPart, 'descriptions'> }> {
  readonly #known = new Map<string, { at: string; file: File }>();

  /** A file of these in which a band of `part` stands at another place; undefined where there is none. */
  against(part: File['part']): File | undefined {
    for (const [text, at] of placesOf(part)) {
      const known = this.#known.get(text);
      if (known !== undefined && known.at !== at) return known.file;
    }
    return undefined;
  }

  add(file: File): void {
    for (const [text, at] of placesOf(file.part)) if (!this.#known.has(text)) this.#known.set(text, { at, file });
  }
}
