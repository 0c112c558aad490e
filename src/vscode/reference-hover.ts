import * as vscode from 'vscode';
import { describeError, type ErrorCode } from '../errors';
import type { HoverContent } from '../preview/types';
import { HoverCache } from './hover-cache';
import { hoverMarkdown } from './hover-markdown';
import { linkCommandIds } from './ids';
import { vscodeRange } from './open-editors';
import type { ReferenceDocuments } from './reference-documents';
import { documentUriOf } from './virtual-uris';

/** Hovers that are kept; each is at most 95,000 characters. */
const MOST_KEPT = 64;

/** Failures that another try may not meet again; so are those of coordinates, whatever they are. */
const passing: readonly ErrorCode[] = [
  'fetch-failed',
  'short-read',
  'restricted-mode',
  'needs-permission',
  'cancelled',
];

/** Shows what stands behind a place in the text of a reference file: the chunk that a range decodes to, an array in words. */
export class ReferenceHover implements vscode.HoverProvider {
  readonly #cache = new HoverCache(MOST_KEPT);

  constructor(
    private readonly documents: ReferenceDocuments,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async provideHover(
    { uri }: vscode.TextDocument,
    { line, character }: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const document = this.documents.find(uri);
    if (document === undefined) return undefined;
    const cancel = new AbortController();
    const listening = token.onCancellationRequested(() => {
      cancel.abort();
    });
    try {
      await document.settled();
      if (token.isCancellationRequested || document.state.kind !== 'outline') return undefined;
      const { revision } = document;
      const key = uri.toString();
      const place = { line: line + 1, column: character + 1 };
      const kept = this.#cache.find(key, revision, place.line, place.column);
      if (kept !== undefined) return hoverOf(kept.text, kept.range);
      const content = await document.ask('hover', place, cancel.signal);
      if (content === null) return undefined;
      const text = hoverMarkdown(content, { uri: documentUriOf(uri).toString(), l10n: vscode.l10n });
      // What came of an older text is shown to nobody else.
      if (document.revision === revision && !mayPass(content)) {
        this.#cache.keep({ document: key, revision, range: content.range, text });
      }
      return hoverOf(text, content.range);
    } catch (error) {
      const { code, message } = describeError(error, 'decode-failed');
      if (code !== 'cancelled') this.log.warn(`${uri.toString(true)}, hover: ${code}. ${message}`);
      return undefined;
    } finally {
      listening.dispose();
    }
  }
}

function mayPass(content: HoverContent): boolean {
  if (content.kind !== 'chunk') return false;
  const { result, coordinateProblem } = content.chunk;
  return coordinateProblem !== null || (result.kind === 'failed' && passing.includes(result.code));
}

function hoverOf(text: string, range: HoverContent['range']): vscode.Hover {
  const markdown = new vscode.MarkdownString(text);
  markdown.supportHtml = true;
  markdown.isTrusted = { enabledCommands: [linkCommandIds.showInViewer, linkCommandIds.manageTrust] };
  return new vscode.Hover(markdown, vscodeRange(range));
}
