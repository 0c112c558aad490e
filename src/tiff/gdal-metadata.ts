import type { GdalItem } from './types';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The items of GDAL_METADATA (tag 42112): `<Item name="SCALE" sample="0" role="scale">0.0001</Item>`. What is not of that form is left
 * out: the tag describes, and nothing that decodes pixels hangs on it but scale and offset, which are checked where they are used.
 */
export function parseGdalMetadata(xml: string): GdalItem[] {
  const items: GdalItem[] = [];
  for (const [, attributes = '', text = ''] of xml.matchAll(/<Item\s([^>]*?)(?:\/>|>([^<]*)<\/Item>)/gu)) {
    const attribute = (name: string): string | undefined => {
      const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'u').exec(attributes);
      return found === null ? undefined : unescapeXml(found[1] ?? found[2] ?? '');
    };
    const name = attribute('name');
    if (name === undefined) continue;
    const sample = attribute('sample');
    const role = attribute('role');
    const domain = attribute('domain');
    items.push({
      name,
      value: unescapeXml(text),
      ...(sample !== undefined && /^\d+$/u.test(sample) ? { sample: Number(sample) } : {}),
      ...(role === undefined ? {} : { role }),
      ...(domain === undefined ? {} : { domain }),
    });
  }
  return items;
}

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/giu,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
