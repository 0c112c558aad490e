import { describe, expect, it } from 'vitest';
import { parseGdalMetadata } from '../../../src/tiff/gdal-metadata';

function items(...inner: string[]): ReturnType<typeof parseGdalMetadata> {
  return parseGdalMetadata(`<GDALMetadata>\n${inner.join('\n')}\n</GDALMetadata>\n`);
}

describe('GDAL_METADATA', () => {
  it('gives names, values, bands, roles and domains', () => {
    expect(
      items(
        '  <Item name="SCALE" sample="0" role="scale">0.000100000000000000005</Item>',
        "  <Item role='offset' sample='11' name='OFFSET'>-0.1</Item>",
        '  <Item name="A" domain="IMAGE_STRUCTURE" sample="x">b</Item>',
        '  <Item name="EMPTY" /><Item name="EMPTY_TOO"></Item>',
      ),
    ).toEqual([
      { name: 'SCALE', value: '0.000100000000000000005', sample: 0, role: 'scale' },
      { name: 'OFFSET', value: '-0.1', sample: 11, role: 'offset' },
      { name: 'A', value: 'b', domain: 'IMAGE_STRUCTURE' },
      { name: 'EMPTY', value: '' },
      { name: 'EMPTY_TOO', value: '' },
    ]);
  });

  it('replaces entities once for other writers, twice where GDAL escaped twice, and leaves unknown ones', () => {
    expect(
      items('<Item name="a &lt; b &amp; &quot;c&quot;">x &gt; &apos;y&apos;&#10;&#x3b1;&nbsp;&#1114112;</Item>'),
    ).toEqual([{ name: 'a < b & "c"', value: "x > 'y'\n\u03b1&nbsp;&#1114112;" }]);
    expect(items('<Item name="a">&constructor; &toString;</Item>')?.[0]?.value).toBe('&constructor; &toString;');
    expect(items('<Item name="a">&amp;lt;b&amp;gt; &amp;amp;</Item>')?.[0]?.value).toBe('<b> &');
  });

  it('passes over declarations, comments and other elements, and takes CDATA as it is', () => {
    const xml = `<?xml version="1.0"?><!DOCTYPE a><!-- <Item name="no"> -->
      <GDALMetadata a="1"><!-- > --><Other><Item name="inner">x</Item></Other><Item name="a"><![CDATA[<b> & c]]></Item><Item>nameless</Item></GDALMetadata>`;
    expect(parseGdalMetadata(xml)).toEqual([{ name: 'a', value: '<b> & c' }]);
  });

  it.each([
    '',
    'no XML',
    '<GDALMetadata>',
    '<GDALMetadata><Item name="a">b</GDALMetadata>',
    '<GDALMetadata><Item name="a">b</Itme></GDALMetadata>',
    '<GDALMetadata></GDALMetadata></GDALMetadata>',
    '<GDALMetadata></GDALMetadata>text',
    '<GDALMetadata/><GDALMetadata/>',
    '<GDALMetadata><Item name=a>b</Item></GDALMetadata>',
    '<GDALMetadata><Item name="a>b</Item></GDALMetadata>',
    '<GDALMetadata><![CDATA[ </GDALMetadata>',
    '<GDALMetadata><!-- </GDALMetadata>',
    '<GDALMetadata>< /></GDALMetadata>',
    '<Metadata><Item name="a">b</Item></Metadata>',
    '<a>'.repeat(100_000),
  ])('is undefined for %.60j', (xml) => {
    expect(parseGdalMetadata(xml)).toBeUndefined();
  });

  it('reads megabytes of nonsense in a moment', () => {
    const started = performance.now();
    for (const piece of ['<Item ', '<', '<Item name="', '&', '<!--', '<a b="c" ', ' ', '<GDALMetadata a', "<a b='"]) {
      parseGdalMetadata(`<GDALMetadata>${piece.repeat(4_000_000 / piece.length)}`);
      parseGdalMetadata(piece.repeat(4_000_000 / piece.length));
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
