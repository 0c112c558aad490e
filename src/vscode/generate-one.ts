import * as vscode from 'vscode';
import { displayAddress } from '../bytes/address';
import type { ByteSource, RequestTrace } from '../bytes/source';
import { type GeneratedFromSource, generateFromSource } from '../generate/from-source';
import { rowsToCut } from '../generate/last-strip';
import { measureNotebookDrift } from '../validate/notebook-drift';
import { BESIDE } from '../tiff/beside';
import type { GeneratedItem } from '../webview/messages';
import { bytesInWords, countInWords, plural } from '../words';
import type { WorkerWork } from './host-worker';
import {
  describeInput,
  inputsBeside,
  locationOfInput,
  locationOfUri,
  nameOfInput,
  nameOfUri,
  openInput,
  type TiffInput,
  targetOfInput,
} from './inputs';
import { withOffers } from './offers';
import type { Plan } from './plan-outputs';
import type { GenerateSettings } from './settings';
import { machinePath } from './target-address';
import { writeThroughTemporary } from './write-file';

/** What generating needs around it. */
export interface GenerateServices {
  settingsFor: (input: TiffInput) => GenerateSettings;
  work: WorkerWork;
  log: Pick<vscode.LogOutputChannel, 'info' | 'warn' | 'error' | 'trace'>;
  /** Tells what is going on. */
  say: (message: string) => void;
  signal: AbortSignal;
}

/**
 * Generates the references of one TIFF and writes them.
 * @throws KerchunkError what reading, generating and writing throw; then nothing is written.
 */
export async function generateOne(
  { input, output, replace }: Extract<Plan, { kind: 'write' }>,
  services: GenerateServices,
): Promise<GeneratedItem> {
  const { log, say, signal, work } = services;
  const { urlPrefix, ...options } = services.settingsFor(input);
  const target = targetOfInput(input, urlPrefix);
  const name = nameOfInput(input);
  say(vscode.l10n.t('Reading headers of {0} …', name));
  const open = (opened: TiffInput, onRequest: (trace: RequestTrace) => void): ByteSource =>
    openInput(opened, (trace) => {
      const range = `bytes ${trace.start}-${trace.end}`;
      log.trace(`${displayAddress(trace.url)} ${range}: ${trace.bytes} in ${trace.milliseconds.toFixed(0)} ms`);
      onRequest(trace);
    });
  const beside = await inputsBeside(input);
  let source: ByteSource | undefined;
  const generated = await generateFromSource(
    (onRequest) => (source = open(input, onRequest)),
    { ...options, targetUrl: target },
    {
      generate: async (tiff, asked, strips) => {
        try {
          return await work.generate(tiff, asked, strips, pythonPath(output), signal);
        } catch (error) {
          throw await withOffers(
            error,
            (message) => rowsToCut(tiff, asked, message),
            () => work.canShow(tiff, signal),
          );
        }
      },
      openBeside: (ending, onRequest) => {
        const found = beside.get(ending);
        if (found === undefined) return undefined;
        // It may have to be read whole; that it is there is known.
        return options.overviews && ending === BESIDE.overviews ? open(found, onRequest) : 'there';
      },
      signal,
      onProgress: ({ bytes }) => {
        say(vscode.l10n.t('Reading headers of {0} … {1} bytes', name, countInWords(bytes)));
      },
    },
  );
  // The chunk that is measured goes through the same source; it is no cost of generating.
  const cost = { ...generated.cost };
  const warnings = [...generated.account.warnings];
  if (options.preset === 'notebook' && source !== undefined) {
    say(vscode.l10n.t('Decoding a chunk of {0} …', name));
    const drift = await measureNotebookDrift(
      generated.text,
      source,
      (stored, array) => work.measureDrift(stored, array, signal),
      signal,
    );
    if (drift !== undefined) warnings.unshift(drift);
  }
  const content = new TextEncoder().encode(generated.text);
  await writeThroughTemporary(output, content, { replace, signal });
  log.info(
    `${locationOfInput(input)} -> ${locationOfUri(output)}: ${plural(cost.requests, 'request')}, ` +
      `${bytesInWords(cost.bytes)} read in ${cost.milliseconds.toFixed(0)} ms`,
  );
  return {
    kind: 'generated',
    ...describeInput(input),
    ...describeOutput(output, generated),
    outputBytes: content.length,
    target: displayAddress(target),
    warnings,
    ...cost,
  };
}

function describeOutput(output: vscode.Uri, { account: { xarrayCode, ...account } }: GeneratedFromSource) {
  return {
    ...account,
    output: nameOfUri(output),
    outputLocation: locationOfUri(output),
    outputUri: output.toString(),
    code: xarrayCode(pythonPath(output)),
  };
}

/** How Python on the file's machine opens it; by its name alone where it is on none. */
function pythonPath(uri: vscode.Uri): string {
  return machinePath(uri) ?? nameOfUri(uri);
}
