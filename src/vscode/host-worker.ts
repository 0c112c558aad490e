import * as vscode from 'vscode';
import { WorkerClient } from '../worker/client';
import { startWorker } from '../worker/start';

/** Reads a file that ships in `dist/assets/`. */
export function assetReader(extensionUri: vscode.Uri): (name: string) => Promise<Uint8Array> {
  return async (name) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', 'assets', name));
}

/** The one worker of this host; it starts when something is first asked of it. */
export function createWorker(extensionUri: vscode.Uri): WorkerClient {
  const script = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'dist', name);
  return new WorkerClient(
    (listener) =>
      startWorker(
        {
          path: script('worker.js').fsPath,
          text: async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(script('worker.web.js'))),
        },
        listener,
      ),
    assetReader(extensionUri),
  );
}
