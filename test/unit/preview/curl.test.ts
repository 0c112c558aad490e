import { describe, expect, it } from 'vitest';
import { curlCommand } from '../../../src/preview/curl';

describe('curlCommand', () => {
  it.each([
    ['https://h/a.nc?sig=a%2Bb&x=1', 'https://h/a.nc?sig=a%2Bb&x=1'],
    ['s3://bucket/a b', 'https://bucket.s3.amazonaws.com/a%20b'],
    ["https://h/a$';calc;'", 'https://h/a%24%27;calc;%27'],
    ['https://h/`id`"$(id)"?q=`"$!', 'https://h/%60id%60%22%24(id)%22?q=%60%22%24%21'],
    // In PowerShell these quotes are quotes.
    ['https://h/\u201d;calc;\u201c', 'https://h/%E2%80%9D;calc;%E2%80%9C'],
    ['https://h$x`"/a', 'https://h%24x%60%22/a'],
    // Curl takes brackets and braces for patterns.
    ['https://[::1]:80/[1-9]/{a,b}?c[]=1', 'https://[::1]:80/%5B1-9%5D/%7Ba,b%7D?c%5B%5D=1'],
    ['no address $(id) \\', 'no%20address%20%24(id)%20%5C'],
    ['\ud800', '%EF%BF%BD'],
  ])('of %s holds nothing that a shell changes', (url, address) => {
    expect(curlCommand(url, 0, 1)).toBe(`curl --fail --location --range 0-1 --output chunk.bin "${address}"`);
  });

  it('of a whole file has no range', () => {
    expect(curlCommand('file:///a/b%20c', 0, null)).toBe('curl --fail --location --output chunk.bin "file:///a/b%20c"');
  });
});
