import { notebookCog } from '../fixtures/notebook/cog';
import { notebookJson } from '../fixtures/notebook/facts';
import type { Behaviour } from '../support/behaviours';
import { patternContent } from '../support/content';
import { startServer, type ServedFile, type TestServer } from '../support/servers';

/**
 * How servers fail, and what the page then says; in a browser, which keeps some reasons to itself, `inBrowser`. A `patient` one is waited
 * for so long that nobody would hold the pointer still.
 */
export const failures: readonly { behaviour: Behaviour; says: string; inBrowser?: string; patient?: true }[] = [
  { behaviour: 'status200', says: 'does not support byte ranges' },
  { behaviour: 'not-found', says: 'no such file (404)' },
  { behaviour: 'forbidden', says: 'Access is refused (403)' },
  { behaviour: 'not-satisfiable', says: '(416)' },
  { behaviour: 'unavailable', says: '503' },
  { behaviour: 'truncated', says: 'cut after' },
  { behaviour: 'short-body', says: 'bytes' },
  { behaviour: 'wrong-start', says: 'answered with bytes' },
  { behaviour: 'gzip', says: 'Content-Encoding: gzip', inBrowser: 'does not say why' },
  { behaviour: 'redirect-loop', says: 'redirect', inBrowser: 'does not say why' },
  { behaviour: 'silent', says: 'did not answer within', patient: true },
];

/** How servers hesitate; the chunk comes out all the same. */
export const hesitations: readonly Behaviour[] = ['error-once', 'reset-once', 'truncated-once', 'redirect-expiring'];

const SIDE = 64;
/** More than is taken from a server that gives whole files. */
const LARGE = 8 * 2 ** 20;

/** Serves the notebook's COG as `/B04.tif`, each of `files` under its name, and 8 MiB under `/<behaviour>.bin` for each behaviour. */
export function serveViewerScene(files: Record<string, Uint8Array>): Promise<TestServer> {
  const served: Record<string, ServedFile> = { '/B04.tif': { content: notebookCog() } };
  for (const [name, content] of Object.entries(files)) served[`/${name}`] = { content };
  const behaviours = [...failures.map(({ behaviour }) => behaviour), ...hesitations];
  for (const behaviour of behaviours) served[`/${behaviour}.bin`] = { content: patternContent(LARGE), behaviour };
  return startServer({ files: served, cors: 'expose' });
}

/** The notebook's JSON for its COG at another address. */
export function notebookText(url: string): string {
  return JSON.stringify(notebookJson(url), undefined, 1);
}

/** References to one chunk on each misbehaving server, an array for each; and to chunks that fail by themselves. */
export function wrecksText(server: string): string {
  const array = (changes: object = {}): object => ({
    zarr_format: 2,
    shape: [SIDE, SIDE],
    chunks: [SIDE, SIDE],
    dtype: '<u2',
    compressor: null,
    filters: null,
    fill_value: 7,
    order: 'C',
    ...changes,
  });
  const refs: Record<string, unknown> = { '.zgroup': { zarr_format: 2 } };
  const behaviours = [...failures.map(({ behaviour }) => behaviour), ...hesitations];
  for (const behaviour of behaviours) {
    refs[`${behaviour}/.zarray`] = array();
    refs[`${behaviour}/0.0`] = [`${server}/${behaviour}.bin`, 1000, 2 * SIDE * SIDE];
  }
  const bytes = (fill: (index: number) => number): string =>
    `base64:${Buffer.from(Uint16Array.from({ length: SIDE * SIDE }, (_, index) => fill(index)).buffer).toString('base64')}`;
  refs['absent/.zarray'] = array();
  refs['all-fill/.zarray'] = array();
  refs['all-fill/0.0'] = bytes(() => 7);
  refs['not-zlib/.zarray'] = array({ compressor: { id: 'zlib', level: 1 } });
  refs['not-zlib/0.0'] = bytes((index) => index);
  refs['unknown-codec/.zarray'] = array({ filters: [{ id: 'bitround', keepbits: 3 }, { id: 'mystery' }] });
  refs['unknown-codec/0.0'] = bytes((index) => index);
  return JSON.stringify({ version: 1, refs }, undefined, 1);
}
