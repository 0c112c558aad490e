import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Uri, type Webview } from 'vscode';
import { pageHtml } from '../../../src/vscode/webview-html';

const spoken = vi.hoisted(() => ({ language: 'en', bundle: undefined as Record<string, string> | undefined }));
vi.mock('vscode', () => ({
  l10n: {
    get bundle() {
      return spoken.bundle;
    },
  },
  env: {
    get language() {
      return spoken.language;
    },
  },
  Uri: { file: (path: string) => path, joinPath: (_uri: unknown, path: string) => path },
}));

const webview = { cspSource: 'https://page.invalid', asWebviewUri: (uri: unknown) => uri } as Webview;
const parts = { page: 'report', title: 'Report', script: 'dist/webview.js', style: 'media/report.css' } as const;
const html = (): string => pageHtml(webview, Uri.file('/extension'), parts);

describe('pageHtml', () => {
  beforeEach(() => {
    spoken.language = 'en';
    spoken.bundle = undefined;
  });

  it('is English where VS Code has no bundle for its language, whatever that is', () => {
    spoken.language = 'fi';
    expect(html()).toContain('<html lang="en">');
    expect(html()).not.toContain('id="l10n"');
  });

  it('has the messages before the script, as data that ends nowhere within', () => {
    spoken.language = 'de';
    spoken.bundle = { '1 chunk': '1 Chunk', 'Press {0}': '</script><script>alert(1)</script> <!-- ü' };
    const text = html();
    expect(text).toContain('<html lang="de">');
    const [, data = ''] =
      /<script type="application\/json" id="l10n">(.*?)<\/script>\s*<script nonce/u.exec(text) ?? [];
    expect(data).not.toContain('<');
    expect(JSON.parse(data)).toEqual(spoken.bundle);
    expect(text.match(/<script/gu)).toHaveLength(2);
  });
});
