import * as vscode from 'vscode';

/** The parts of a page; files are named below the extension's folder. */
export interface PageParts {
  /** What the script shows. */
  page: 'report' | 'editor' | 'differences';
  title: string;
  script: string;
  style: string;
}

/** The HTML of a webview page: one script, one style sheet, and a policy that lets in nothing else. */
export function pageHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { page, title, script, style }: PageParts,
): string {
  const nonce = crypto.randomUUID();
  const address = (path: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, path)).toString();
  const messages = messagesHtml();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${messages === '' ? 'en' : vscode.env.language}">
  <head>
    <meta charset="UTF-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <title>${title}</title>
    <link rel="stylesheet" href="${address(style)}" />
  </head>
  <body>
    <main id="page" data-page="${page}"></main>${messages}
    <script nonce="${nonce}" src="${address(script)}"></script>
  </body>
</html>`;
}

/**
 * The messages of the page in the language of VS Code, for `src/webview/translated.ts`: data, which no policy bars and no request waits for. They
 * stand before the script, so that the page never shows another language first. Nothing in English.
 */
function messagesHtml(): string {
  const { bundle } = vscode.l10n;
  if (bundle === undefined) return '';
  const text = JSON.stringify(bundle).replaceAll('<', '\\u003c');
  return `\n    <script type="application/json" id="l10n">${text}</script>`;
}

/** What a page may load: the bundles and the style sheets. */
export function pageRoots(extensionUri: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')];
}
