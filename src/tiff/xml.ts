/** An element of a small XML document: its own text, without that of its children. */
export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  text: string;
  children: readonly XmlElement[];
}

interface OpenElement extends XmlElement {
  attributes: Map<string, string>;
  children: XmlElement[];
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Markup without content of its own, by how it begins and ends (XML 1.0, sections 2.5, 2.6 and 2.8). */
const SKIPPED: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<!', '>'],
];

/** Elements within one another; a document that goes deeper is none that anybody wrote. */
const MAX_DEPTH = 100;

/**
 * Reads a small XML document in one pass over its text: elements, attributes, character data, CDATA and the entities of XML itself.
 * @returns the root element; undefined where the document is not well-formed.
 */
export function elementsOf(xml: string): XmlElement | undefined {
  const top = open('', new Map());
  const stack: OpenElement[] = [top];
  let at = 0;
  while (at < xml.length) {
    const parent = stack.at(-1);
    if (parent === undefined) return undefined;
    const next = readNext(xml, at, stack, parent);
    if (next === undefined || stack.length > MAX_DEPTH) return undefined;
    at = next;
  }
  const isWhole = stack.length === 1 && top.children.length === 1 && top.text.trim() === '';
  return isWhole ? top.children[0] : undefined;
}

function open(name: string, attributes: Map<string, string>): OpenElement {
  return { name, attributes, text: '', children: [] };
}

/** Reads what stands at a place, text or one piece of markup; returns the place behind it, undefined for what XML does not allow. */
function readNext(xml: string, at: number, stack: OpenElement[], parent: OpenElement): number | undefined {
  if (xml[at] !== '<') {
    const end = xml.indexOf('<', at);
    const stop = end < 0 ? xml.length : end;
    parent.text += unescapeXml(xml.slice(at, stop));
    return stop;
  }
  if (xml.startsWith('<![CDATA[', at)) {
    const end = xml.indexOf(']]>', at);
    if (end < 0) return undefined;
    parent.text += xml.slice(at + 9, end);
    return end + 3;
  }
  const skipped = SKIPPED.find(([start]) => xml.startsWith(start, at));
  if (skipped !== undefined) {
    const end = xml.indexOf(skipped[1], at);
    return end < 0 ? undefined : end + skipped[1].length;
  }
  return xml[at + 1] === '/' ? readEnd(xml, at, stack) : readStart(xml, at, stack, parent);
}

function readEnd(xml: string, at: number, stack: OpenElement[]): number | undefined {
  const end = xml.indexOf('>', at);
  const closed = stack.pop();
  return end >= 0 && stack.length > 0 && closed?.name === xml.slice(at + 2, end).trimEnd() ? end + 1 : undefined;
}

function readStart(xml: string, at: number, stack: OpenElement[], parent: OpenElement): number | undefined {
  const name = match(/<([A-Za-z_:][\w:.-]*)/uy, xml, at);
  if (name?.[1] === undefined) return undefined;
  const attributes = new Map<string, string>();
  let place = at + name[0].length;
  for (;;) {
    const attribute = match(/\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy, xml, place);
    if (attribute?.[1] === undefined) break;
    attributes.set(attribute[1], unescapeXml(attribute[2] ?? attribute[3] ?? ''));
    place += attribute[0].length;
  }
  const end = match(/\s*(\/?)>/uy, xml, place);
  if (end === undefined) return undefined;
  const element = open(name[1], attributes);
  parent.children.push(element);
  if (end[1] === '') stack.push(element);
  return place + end[0].length;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** Replaces the entities of XML itself and character references; others stay as they are. */
export function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/giu,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name) ?? whole;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
