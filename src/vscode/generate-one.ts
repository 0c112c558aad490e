import type * as vscode from 'vscode';
import { displayAddress } from '../bytes/address';
import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import { type GeneratedFromSource, generateFromSource } from '../generate/from-source';
import { rowsToCut } from '../generate/last-strip';
import type { GenerateOptions } from '../generate/types';
import type { TiffDescription } from '../tiff/types';
import { measureNotebookDrift } from '../validate/notebook-drift';
import type { GeneratedItem } from '../webview/messages';
import { bytesInWords, countInWords, plural } from '../words';
import type { WorkerWork } from './host-worker';
import {
  describeInput,
  locationOfInput,
  locationOfUri,
  nameOfInput,
  nameOfUri,
  openInput,
  type TiffInput,
  targetOfInput,
} from './inputs';
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
  say(`Reading headers of ${name} …`);
  let source: ByteSource | undefined;
  let described: TiffDescription | undefined;
  const generateOptions: GenerateOptions = { ...options, targetUrl: target };
  const generated = await generateFromSource(
    (onRequest) =>
      (source = openInput(input, (trace) => {
        const range = `bytes ${trace.start}-${trace.end}`;
        log.trace(`${displayAddress(trace.url)} ${range}: ${trace.bytes} in ${trace.milliseconds.toFixed(0)} ms`);
        onRequest(trace);
      })),
    generateOptions,
    {
      generate: (tiff, asked, strips) => {
        described = tiff;
        return work.generate(tiff, asked, strips, pythonPath(output), signal);
      },
      signal,
      onProgress: ({ bytes }) => {
        say(`Reading headers of ${name} … ${countInWords(bytes)} bytes`);
      },
    },
  ).catch((error: unknown) => {
    throw described === undefined ? error : withRowsToCut(error, described, generateOptions);
  });
  // The chunk that is measured goes through the same source; it is no cost of generating.
  const cost = { ...generated.cost };
  const warnings = [...generated.account.warnings];
  if (options.preset === 'notebook' && source !== undefined) {
    say(`Decoding a chunk of ${name} …`);
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

/** A refusal that the user can answer by leaving out the rows of the last strip. */
export class ShortLastStrip extends KerchunkError {
  constructor(
    { code, message }: KerchunkError,
    readonly rows: number,
  ) {
    super(code, message);
  }
}

function withRowsToCut(error: unknown, tiff: TiffDescription, options: GenerateOptions): unknown {
  if (!(error instanceof KerchunkError) || error.code !== 'short-last-strip') return error;
  const rows = rowsToCut(tiff, options);
  return rows === undefined ? error : new ShortLastStrip(error, rows);
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
