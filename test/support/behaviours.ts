import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Content } from './content';

/** A request as it arrived, and how many bytes of its answer's body were handed to the connection. */
export interface LoggedRequest {
  method: string;
  url: string;
  /** The Range header; '' where there is none. */
  range: string;
  headers: Record<string, string | string[] | undefined>;
  sent: number;
}

/** One exchange, with all that a behaviour may look at. */
export interface Exchange {
  response: ServerResponse;
  socket: Socket;
  logged: LoggedRequest;
  content: Content;
  path: string;
  /** Requests to this path so far, this one included. */
  count: number;
  start: number;
  /** Inclusive, and inside the file. */
  end: number;
}

type Answer = (exchange: Exchange) => void;

const VALIDATOR = { ETag: '"version 1"', 'Last-Modified': 'Wed, 01 Jan 2025 00:00:00 GMT' };

/** Paths under which redirects land. */
export const MOVED = '/moved/';

/** What the server does with a GET request; the names are the test cases. */
const answers = {
  /** As RFC 9110 says. */
  ranges: (exchange) => {
    sendRange(exchange, VALIDATOR);
  },
  /** The same without ETag and Last-Modified. */
  'no-validator': (exchange) => {
    sendRange(exchange, {});
  },
  /** The whole file with status 200, whatever was asked. */
  status200: (exchange) => {
    sendWhole(exchange, { 'Content-Length': exchange.content.size });
  },
  /** The same without Content-Length. */
  'status200-chunked': (exchange) => {
    sendWhole(exchange, {});
  },
  'login-page': ({ response }) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<html>Please log in</html>');
  },
  'bad-request': status(400),
  unauthorized: status(401),
  forbidden: status(403),
  'not-found': status(404),
  gone: status(410),
  teapot: status(418),
  /** 503 for ever. */
  unavailable: status(503),
  /** 416 with the true size, whatever was asked. */
  'not-satisfiable': ({ response, content }) => {
    response.writeHead(416, { 'Content-Range': `bytes */${content.size}` }).end();
  },
  'not-satisfiable-bare': status(416),
  'error-once': first(status(500)),
  /** 429 with a Retry-After of one second to the first request, then ranges. */
  'too-many-once': first(({ response }) => {
    response.writeHead(429, { 'Retry-After': '1' }).end('slow down');
  }),
  /** The connection is destroyed before any answer, for ever. */
  reset,
  'reset-once': first(reset),
  /** The connection is destroyed in the middle of the body, for ever. */
  truncated: truncate,
  'truncated-once': first(truncate),
  /** Half of the bytes, with a Content-Length that agrees and a Content-Range that does not. */
  'short-body': (exchange) => {
    const { start, end } = exchange;
    send(exchange, contentRange(exchange), start, Math.floor((end - start + 1) / 2));
  },
  /** One byte more than the Content-Range says. */
  'long-body': (exchange) => {
    send(exchange, contentRange(exchange), exchange.start, exchange.end - exchange.start + 2);
  },
  /** The right number of bytes from one byte further on, honestly labelled. */
  'wrong-start': (exchange) => {
    sendLabelled(exchange, exchange.start + 1, exchange.end + 1);
  },
  /** One byte fewer than asked for, honestly labelled. */
  'wrong-end': (exchange) => {
    sendLabelled(exchange, exchange.start, exchange.end - 1);
  },
  'no-content-range': (exchange) => {
    send(exchange, {}, exchange.start, exchange.end - exchange.start + 1);
  },
  /** The right bytes, but the server does not tell the size. */
  'unknown-size': (exchange) => {
    const { start, end } = exchange;
    send(exchange, { 'Content-Range': `bytes ${start}-${end}/*` }, start, end - start + 1);
  },
  /** The range, compressed. */
  gzip: (exchange) => {
    const { response, content, start, end } = exchange;
    const body = gzipSync(content.read(start, end - start + 1));
    response
      .writeHead(206, { ...contentRange(exchange), 'Content-Encoding': 'gzip', 'Content-Length': body.length })
      .end(body);
  },
  multipart: (exchange) => {
    const { response, content, start, end } = exchange;
    response.writeHead(206, { 'Content-Type': 'multipart/byteranges; boundary=cut' });
    response.write(`--cut\r\nContent-Range: bytes ${start}-${end}/${content.size}\r\n\r\n`);
    response.write(content.read(start, end - start + 1));
    response.end('\r\n--cut--\r\n');
  },
  /** Takes the request and never answers. */
  silent: () => undefined,
  /** Sends half of the body and then nothing. */
  stalled: (exchange) => {
    beginHalf(exchange, () => undefined);
  },
  /** Sends a byte every 20 ms. */
  dripping: (exchange) => {
    const { response, content, start, end } = exchange;
    response.writeHead(206, rangeHeaders(exchange));
    let at = start;
    const timer = setInterval(() => {
      if (at <= end && !response.destroyed) {
        response.write(content.read(at++, 1));
        return;
      }
      clearInterval(timer);
      response.end();
    }, 20);
  },
  /** The ETag is another one for every request. */
  'changing-etag': (exchange) => {
    sendRange(exchange, { ETag: `"version ${exchange.count}"` });
  },
  /** No ETag, and another date for every request. */
  'changing-date': (exchange) => {
    sendRange(exchange, { 'Last-Modified': `Wed, 01 Jan 2025 00:00:0${exchange.count} GMT` });
  },
  /** The file grows by one byte with every request, without ETag and Last-Modified. */
  growing: (exchange) => {
    const { start, end, content, count } = exchange;
    const header = { 'Content-Range': `bytes ${start}-${end}/${content.size + count}` };
    send(exchange, header, start, end - start + 1);
  },
  /** 302 to the same path under /moved/, which serves ranges. */
  redirect,
  /** The same, but each of those addresses answers 403 from its second use on. */
  'redirect-expiring': redirect,
  'redirect-loop': ({ response, path }) => {
    response.writeHead(302, { Location: path }).end();
  },
  /** 301 without Location, as S3 answers for a bucket in another region. */
  'wrong-region': ({ response }) => {
    response.writeHead(301, { 'x-amz-bucket-region': 'eu-central-1' }).end('<Error/>');
  },
} satisfies Record<string, Answer>;

/** How the server behaves towards a GET request with a Range header. */
export type Behaviour = keyof typeof answers;

/** Answers one request. */
export function behave(exchange: Exchange, behaviour: Behaviour): void {
  answers[behaviour](exchange);
}

/** Answers a request to where a redirect led. */
export function behaveMoved(exchange: Exchange, behaviour: Behaviour): void {
  if (behaviour === 'redirect-expiring' && exchange.count > 1) status(403)(exchange);
  else sendRange(exchange, VALIDATOR);
}

function status(code: number): Answer {
  return ({ response }) => {
    response.writeHead(code).end(`status ${code}`);
  };
}

/** `answer` to the first request for a path, ranges to those after it. */
function first(answer: Answer): Answer {
  return (exchange) => {
    if (exchange.count === 1) answer(exchange);
    else sendRange(exchange, VALIDATOR);
  };
}

function reset({ socket }: Exchange): void {
  socket.destroy();
}

function truncate(exchange: Exchange): void {
  beginHalf(exchange, () => {
    // What was written must arrive before the end does.
    setTimeout(() => exchange.socket.destroy(), 10);
  });
}

function redirect({ response, path, count }: Exchange): void {
  response.writeHead(302, { Location: `${MOVED}${count}${path}?signature=secret` }).end();
}

function contentRange({ content, start, end }: Exchange): Record<string, string> {
  return { 'Content-Range': `bytes ${start}-${end}/${content.size}` };
}

function rangeHeaders(exchange: Exchange): Record<string, string | number> {
  return { ...contentRange(exchange), 'Content-Length': exchange.end - exchange.start + 1 };
}

/** 206 with the range, 416 where it starts at or after the end, 200 where none was asked for. */
function sendRange(exchange: Exchange, validator: Record<string, string>): void {
  const { response, content, logged, start, end } = exchange;
  if (logged.range === '') {
    sendWhole(exchange, { ...validator, 'Content-Length': content.size });
  } else if (start > end) {
    response.writeHead(416, { 'Content-Range': `bytes */${content.size}` }).end();
  } else {
    response.writeHead(206, { ...rangeHeaders(exchange), ...validator });
    stream(exchange, start, end + 1);
  }
}

function sendLabelled(exchange: Exchange, start: number, end: number): void {
  send(exchange, { 'Content-Range': `bytes ${start}-${end}/${exchange.content.size}` }, start, end - start + 1);
}

/** 206 with these headers and `length` bytes from `start`, in one piece. */
function send(exchange: Exchange, headers: Record<string, string>, start: number, length: number): void {
  const body = exchange.content.read(start, length);
  exchange.logged.sent += body.length;
  exchange.response.writeHead(206, { ...headers, 'Content-Length': body.length }).end(body);
}

function sendWhole(exchange: Exchange, headers: Record<string, string | number>): void {
  exchange.response.writeHead(200, headers);
  stream(exchange, 0, exchange.content.size);
}

/** The headers of the range and half of its bytes. */
function beginHalf(exchange: Exchange, then: () => void): void {
  const { response, content, start, end } = exchange;
  response.writeHead(206, rangeHeaders(exchange));
  response.write(content.read(start, Math.floor((end - start + 1) / 2)), then);
}

/** Writes the bytes [start, end) in blocks, as fast as the other side takes them and no longer than it listens. */
function stream({ response, content, logged }: Exchange, start: number, end: number): void {
  let at = start;
  const write = (): void => {
    while (at < end && !response.destroyed) {
      const block = content.read(at, Math.min(65_536, end - at));
      at += block.length;
      logged.sent += block.length;
      if (!response.write(block)) {
        response.once('drain', write);
        return;
      }
    }
    response.end();
  };
  write();
}
