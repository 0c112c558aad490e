import { config } from '@vscode/l10n';

// The host writes the messages into the page where VS Code speaks another language than English (`src/vscode/webview-html.ts`). An entry
// imports this module before any other: some ask for messages as soon as they run.
const messages = document.getElementById('l10n')?.textContent ?? '';
if (messages !== '') config({ contents: messages });
