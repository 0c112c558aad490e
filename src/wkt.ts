/** The node of WKT that begins with `keyword[`, to its closing bracket: the first one in the text; undefined where there is none. */
export function nodeOf(wkt: string, keyword: string): string | undefined {
  const start = new RegExp(`(?<=^|[[,])${keyword}\\[`, 'u').exec(wkt)?.index;
  if (start === undefined) return undefined;
  let depth = 0;
  let quoted = false;
  for (let at = start; at < wkt.length; at += 1) {
    if (wkt[at] === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (wkt[at] === '[') depth += 1;
    else if (wkt[at] === ']') {
      depth -= 1;
      if (depth === 0) return wkt.slice(start, at + 1);
    }
  }
  return undefined;
}

/** The EPSG code that the first node `keyword[…]` of WKT1 or WKT2 carries; undefined where it carries none. */
export function codeOf(wkt: string, keyword: string): number | undefined {
  const [, code] = /,(?:AUTHORITY\["EPSG","|ID\["EPSG",)(\d+)"?\]\]$/u.exec(nodeOf(wkt, keyword) ?? '') ?? [];
  return code === undefined ? undefined : Number(code);
}

/** The name of the CRS that WKT states. */
export function nameOf(wkt: string): string {
  return /^[A-Z_]+\["((?:[^"]|"")*)"/u.exec(wkt)?.[1]?.replaceAll('""', '"') ?? 'unknown';
}

/** What the axes of a horizontal CRS measure, by its WKT. A geocentric, vertical or local CRS is neither. */
export function kindOf(wkt: string): 'projected' | 'geographic' | 'unknown' {
  if (/^PROJ(CS|CRS)\[/u.test(wkt)) return 'projected';
  return /^GEOG(CS|CRS)\[/u.test(wkt) ? 'geographic' : 'unknown';
}

/** The linear unit of a projected CRS: its name and its size in metres. */
export interface LinearUnit {
  name: string;
  metres: number;
}

/** The unit of the axes of a projected CRS: in WKT1 its last UNIT, in WKT2 that of its first axis; undefined for any other CRS. */
export function linearUnitOf(wkt: string): LinearUnit | undefined {
  if (kindOf(wkt) !== 'projected') return undefined;
  const text = wkt.startsWith('PROJCS[') ? wkt.slice(wkt.lastIndexOf('UNIT[')) : (nodeOf(wkt, 'AXIS') ?? '');
  const [, name, metres] = /UNIT\["([^"]+)",([\d.e+-]+)/u.exec(text) ?? [];
  return name === undefined ? undefined : { name, metres: Number(metres) };
}
