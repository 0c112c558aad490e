import { describe, expect, it } from 'vitest';
import { encodeText, type TextLines } from '../../../src/vscode/encode-text';

const never = new AbortController().signal;

/** A text document as VS Code splits it. */
function documentOf(text: string, eol = 1): TextLines & { version: number; lines: string[] } {
  const lines = text.split(/\r\n|\n/u);
  return {
    version: 1,
    lines,
    get lineCount() {
      return this.lines.length;
    },
    eol,
    lineAt(line) {
      return { text: this.lines[line] ?? '' };
    },
  };
}

/** A line of 5,000,001 UTF-16 units; each pair of surrogates stands at an odd place, or at an even one. */
const longLine = (first: string): string => first + '😀'.repeat(2_500_000);

describe('encodeText', () => {
  it.each([
    ['nothing', '', 1],
    ['a line', '{"a": "ü"}', 1],
    ['lines', 'a\nb\n\nc\n', 1],
    ['lines of Windows', 'a\r\nb\r\n', 2],
    ['many lines', '"a/0.0": ["https://x.org/ü", 0, 1],\n'.repeat(150_000), 1],
    ['long lines', `${longLine('')}\n${longLine('x')}\nend`, 1],
  ])('gives %s as UTF-8', async (_, text, eol) => {
    const encoded = Buffer.from(await encodeText(documentOf(text, eol), never));
    expect(encoded.equals(Buffer.from(text, 'utf8'))).toBe(true);
  });

  it('lets others run in between', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1));
    await encodeText(documentOf(longLine('')), never);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it('begins anew where the text has changed in between', async () => {
    const document = documentOf(longLine(''));
    const encoding = encodeText(document, never);
    document.lines = ['new'];
    document.version = 2;
    expect(new TextDecoder().decode(await encoding)).toBe('new');
  });

  it('ends where nobody waits for it', async () => {
    const stop = new AbortController();
    const encoding = encodeText(documentOf(longLine('')), stop.signal);
    stop.abort();
    await expect(encoding).rejects.toMatchObject({ code: 'cancelled' });
  });
});
