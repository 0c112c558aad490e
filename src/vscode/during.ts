import * as vscode from 'vscode';

/** Runs long work under a notification that says how far it is and can cancel it. */
export function during<Result>(
  title: string,
  run: (signal: AbortSignal, tell: (message: string, increment?: number) => void) => Promise<Result>,
): Thenable<Result> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    return run(stop.signal, (message, increment) => {
      progress.report({ message, ...(increment === undefined ? {} : { increment }) });
    });
  });
}
