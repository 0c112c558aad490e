import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { behave, type Behaviour, behaveMoved, type LoggedRequest, MOVED } from './behaviours';
import { bytesContent, type Content } from './content';

export type { Behaviour, LoggedRequest } from './behaviours';

/** One file of the server; behaviour `ranges` unless it says otherwise. */
export interface ServedFile {
  content: Content | Uint8Array;
  behaviour?: Behaviour;
}

/** What to serve: one file for each path (`/a.tif`), and `content` under every other path; without it those give 404. */
export interface ServerOptions {
  content?: Content | Uint8Array;
  behaviour?: Behaviour;
  files?: Record<string, ServedFile>;
  /** Sends `Access-Control-Allow-Origin: *` and answers preflights; with 'expose' the range headers are readable too. */
  cors?: boolean | 'expose';
}

/** A handler of one's own, in place of a behaviour. */
export type Handler = (request: IncomingMessage, response: ServerResponse, logged: LoggedRequest) => void;

export interface TestServer {
  /** `http://127.0.0.1:port`, without a slash. */
  url: string;
  /** All requests so far, in order of arrival. */
  requests: LoggedRequest[];
  close(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1; close it when done. */
export async function startServer(what: Handler | ServerOptions): Promise<TestServer> {
  const requests: LoggedRequest[] = [];
  const handler = typeof what === 'function' ? what : serve(what);
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const logged = { method, url, range: headers.range ?? '', headers, sent: 0 };
    requests.push(logged);
    handler(request, response, logged);
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, requests, close: () => closeServer(server) };
}

/** An address on which nothing listens, so that connections are refused. */
export async function refusedUrl(): Promise<string> {
  const server = createServer();
  const port = await listen(server);
  await closeServer(server);
  return `http://127.0.0.1:${port}`;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function serve(options: ServerOptions): Handler {
  const counts = new Map<string, number>();
  return (request, response, logged) => {
    const { pathname } = new URL(logged.url, 'http://127.0.0.1');
    const count = (counts.get(pathname) ?? 0) + 1;
    counts.set(pathname, count);
    allowOrigins(response, options.cors ?? false);
    if (request.method !== 'GET') {
      response.writeHead(request.method === 'OPTIONS' && options.cors ? 204 : 405).end();
      return;
    }
    const moved = pathname.startsWith(MOVED);
    const path = moved ? pathname.slice(pathname.indexOf('/', MOVED.length)) : pathname;
    const file = findFile(options, path);
    if (file === undefined) {
      response.writeHead(404).end('no such file');
      return;
    }
    const content = file.content instanceof Uint8Array ? bytesContent(file.content) : file.content;
    const [, start = '0', end = 'Infinity'] = /^bytes=(\d+)-(\d+)?$/.exec(logged.range) ?? [];
    const range = { start: Number(start), end: Math.min(Number(end), content.size - 1) };
    const exchange = { response, socket: request.socket, logged, content, path, count, ...range };
    (moved ? behaveMoved : behave)(exchange, file.behaviour ?? 'ranges');
  };
}

function findFile(options: ServerOptions, path: string): ServedFile | undefined {
  const file = options.files?.[path];
  if (file !== undefined || options.content === undefined) return file;
  return { content: options.content, behaviour: options.behaviour ?? 'ranges' };
}

function allowOrigins(response: ServerResponse, cors: boolean | 'expose'): void {
  if (cors === false) return;
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', 'Range');
  if (cors === 'expose') response.setHeader('Access-Control-Expose-Headers', 'Content-Range, ETag, Content-Encoding');
}
