import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PageData } from '#console/page/data.ts';
import type { PageSource } from '#console/source/page-source.ts';
import { asError } from '#domain/basics/as-error.ts';
import type { PageAssets } from './bundle.ts';
import { admit, type PageName, type RequestHead } from './guard.ts';
import { liveHtml } from './page-html.ts';
import { parseAction } from './parse-action.ts';

/** A console that listens, and the address that opens it. */
export type ConsoleServer = Readonly<{ address: string; close: () => Promise<void> }>;

export type ConsoleSettings = Readonly<{
  title: string;
  /** The page looks again after so long. */
  everyMs: number;
  assets: PageAssets;
  /** 0 takes any that is free. */
  port: number;
}>;

/** Serves the page on this machine alone, to whoever knows its address. */
export const startServer = async (
  source: PageSource,
  { title, everyMs, assets, port }: ConsoleSettings,
): Promise<ConsoleServer> => {
  const token = randomBytes(24).toString('base64url');
  const page = liveHtml(title, everyMs, assets);
  const look = shareLooks(source.look);
  let host = '';
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000 },
    (request, response) => {
      const admitted = admit(headOf(request), { host, token });
      if ('status' in admitted) return send(response, page.policy, { type: TEXT, ...admitted });
      answer({ ...admitted, request, source, look, html: page.html })
        .catch((thrown): Answer => ({ status: 502, type: TEXT, text: asError(thrown).message }))
        .then((answered) => send(response, page.policy, answered))
        .catch(() => response.destroy());
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address: `http://${host}/${token}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const headOf = ({ method = '', url = '/', headers }: IncomingMessage): RequestHead => ({
  method,
  url,
  host: headers.host,
  origin: headers.origin,
  site: headers['sec-fetch-site'] as string | undefined,
  contentType: headers['content-type'],
});

/** Pages that look at the same time share one look. */
const shareLooks = (look: () => Promise<PageData>): (() => Promise<PageData>) => {
  let running: Promise<PageData> | undefined;
  return () => {
    running ??= look().finally(() => {
      running = undefined;
    });
    return running;
  };
};

type Answer = Readonly<{ status: number; type: string; text: string }>;
const TEXT = 'text/plain; charset=utf-8';
const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

type Asked = Readonly<{
  page: PageName;
  query: URLSearchParams;
  request: IncomingMessage;
  source: PageSource;
  look: () => Promise<PageData>;
  html: string;
}>;

const answer = async ({ page, query, request, source, look, html }: Asked): Promise<Answer> => {
  switch (page) {
    case '':
      return { status: 200, type: HTML, text: html };
    case 'data':
      return asJson(await look());
    case 'story': {
      const story = await source.tell(query.get('group') ?? '', query.get('id') ?? '');
      return asJson(story === undefined ? {} : { story });
    }
    case 'act':
      return act(request, source);
  }
};

const act = async (request: IncomingMessage, source: PageSource): Promise<Answer> => {
  const body = await bodyOf(request);
  if (body === undefined) return { status: 413, type: TEXT, text: 'the body is too large' };
  const action = parseAction(body);
  if (typeof action === 'string') return { status: 400, type: TEXT, text: action };
  return asJson(await source.act(action));
};

/** No text of a person is longer; rules are the longest. */
const MOST_BYTES = 65_536;

/** The body of a request; nothing of one that is too large, which is not read to its end. */
const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const asJson = (value: object): Answer => ({
  status: 200,
  type: JSON_TYPE,
  text: JSON.stringify(value),
});

const send = (response: ServerResponse, policy: string, { status, type, text }: Answer): void => {
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  response.end(text);
};
