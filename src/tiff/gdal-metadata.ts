import type { GdalItem } from './types';
import { elementsOf, unescapeXml } from './xml';

/**
 * The items of GDAL_METADATA (tag 42112): `<Item name="SCALE" sample="0" role="scale">0.0001</Item>` within `<GDALMetadata>`.
 * @returns undefined for what is not well-formed XML of that kind: half of its items would be worse than none.
 */
export function parseGdalMetadata(xml: string): GdalItem[] | undefined {
  const root = elementsOf(xml);
  if (root?.name !== 'GDALMetadata') return undefined;
  const items: GdalItem[] = [];
  for (const { name: element, attributes, text } of root.children) {
    const name = attributes.get('name');
    if (element !== 'Item' || name === undefined) continue;
    const sample = attributes.get('sample');
    const role = attributes.get('role');
    const domain = attributes.get('domain');
    items.push({
      name,
      // GDAL escapes values twice when it writes them, and undoes it twice when it reads.
      value: unescapeXml(text),
      ...(sample !== undefined && /^\d{1,5}$/u.test(sample) ? { sample: Number(sample) } : {}),
      ...(role === undefined ? {} : { role }),
      ...(domain === undefined ? {} : { domain }),
    });
  }
  return items;
}
