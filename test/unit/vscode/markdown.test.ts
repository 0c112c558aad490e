import { describe, expect, it } from 'vitest';
import { codeSpan, commandLink, escapeMarkdown } from '../../../src/vscode/markdown';

describe('escapeMarkdown', () => {
  it('puts a backslash before everything that could be markup', () => {
    expect(escapeMarkdown('[x](command:a)')).toBe('\\[x\\]\\(command\\:a\\)');
    expect(escapeMarkdown('<img src=x> & `y`')).toBe('\\<img src\\=x\\> \\& \\`y\\`');
    expect(escapeMarkdown('https://a.org www.b.org c@d.org')).toBe('https\\://a\\.org www\\.b\\.org c\\@d\\.org');
    expect(escapeMarkdown('back\\slash')).toBe('back\\\\slash');
  });

  it('makes one line of several, so that nothing begins a list, a heading or a table', () => {
    expect(escapeMarkdown(' a\n\n# b\r\n- c\n1. d | e ')).toBe('a \\# b \\- c 1\\. d \\| e');
  });
});

describe('codeSpan', () => {
  it.each([
    ['<u2', '`<u2`'],
    ['a`b', '``a`b``'],
    ['`a``', '``` `a`` ```'],
    ['two\nlines', '`two lines`'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });
});

describe('commandLink', () => {
  it('carries its arguments as JSON, and ends where it is meant to', () => {
    const link = commandLink('Open', 'kerchunk.showInViewer', ['file:///a (1).json', 'x)](evil', [7, 0]]);
    const [, label, query] = /^\[(\w+)\]\(command:kerchunk\.showInViewer\?([^()\s]+)\)$/u.exec(link) ?? [];
    expect(label).toBe('Open');
    expect(JSON.parse(decodeURIComponent(query ?? ''))).toEqual(['file:///a (1).json', 'x)](evil', [7, 0]]);
    expect(commandLink('Trust', 'workbench.trust.manage')).toBe('[Trust](command:workbench.trust.manage)');
  });
});
