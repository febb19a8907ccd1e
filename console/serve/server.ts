import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DeploymentsData } from '#console/page/deployments.ts';
import type { PageSource } from '#console/source/page-source.ts';
import { asError } from '#domain/basics/as-error.ts';
import type { PageAssets } from './bundle.ts';
import { type Admitted, admit, NOT_FOUND, type RequestHead } from './guard.ts';
import { liveHtml, livePolicy } from './page-html.ts';
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
export const startServer = (
  source: PageSource,
  { title, everyMs, assets, port }: ConsoleSettings,
): Promise<ConsoleServer> => {
  const site = siteOf(source, () => liveHtml(title, { kind: 'live', everyMs }, assets));
  const siteAt = (deployment?: string) => (deployment === undefined ? site : undefined);
  return listen({ siteAt, policy: livePolicy(assets), port });
};

/** Several deployments: what the front page shows, and a page for each by its name. */
export type SeveralSources = Readonly<{
  front: () => Promise<DeploymentsData>;
  pages: ReadonlyMap<string, PageSource>;
}>;

/** The front page asks so often. It asks this machine alone: its answer is what is known already. */
const FRONT_EVERY_MS = 2_000;
/** The front page, seen from the page of a deployment. */
const FRONT = '../../';

/** Serves a front page of several deployments, and below it the page of each. */
export const startServerOfSeveral = (
  { front, pages }: SeveralSources,
  { title, everyMs, assets, port }: ConsoleSettings,
): Promise<ConsoleServer> => {
  const first = siteOf(
    { look: front, tell: async () => undefined, act: async () => NOTHING_TO_DO },
    () => liveHtml(title, { kind: 'front', everyMs: FRONT_EVERY_MS }, assets),
  );
  const sites = new Map(
    [...pages].map(([name, source]) => [
      name,
      siteOf(source, () =>
        liveHtml(`${name} · ${title}`, { kind: 'live', everyMs, front: FRONT }, assets),
      ),
    ]),
  );
  const siteAt = (deployment?: string) =>
    deployment === undefined ? first : sites.get(deployment);
  return listen({ siteAt, policy: livePolicy(assets), port });
};

const NOTHING_TO_DO = {
  isDone: false,
  text: 'nothing can be done on the front page',
  help: 'open the page of a deployment first',
};

type SiteSource = Omit<PageSource, 'look'> & Readonly<{ look: () => Promise<object> }>;

/** A page with what answers it. Its HTML is made when it is asked for: each has the whole program inside. */
type Site = SiteSource & Readonly<{ html: () => string }>;

const siteOf = (source: SiteSource, html: () => string): Site => ({
  ...source,
  look: shareLooks(source.look),
  html,
});

type Listening = Readonly<{
  /** The site of a deployment, or of the console itself; nothing where there is none. */
  siteAt: (deployment?: string) => Site | undefined;
  policy: string;
  port: number;
}>;

const listen = async ({ siteAt, policy, port }: Listening): Promise<ConsoleServer> => {
  const token = randomBytes(24).toString('base64url');
  let host = '';
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000 },
    (request, response) => {
      const admitted = admit(headOf(request), { host, token });
      if ('status' in admitted) return send(response, policy, { type: TEXT, ...admitted });
      const site = siteAt(admitted.deployment);
      if (site === undefined) return send(response, policy, { type: TEXT, ...NOT_FOUND });
      answer({ ...admitted, request, site })
        .catch((thrown): Answer => ({ status: 502, type: TEXT, text: asError(thrown).message }))
        .then((answered) => send(response, policy, answered))
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
const shareLooks = (look: SiteSource['look']): SiteSource['look'] => {
  let running: Promise<object> | undefined;
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

type Asked = Pick<Admitted, 'page' | 'query'> & Readonly<{ request: IncomingMessage; site: Site }>;

const answer = async ({ page, query, request, site }: Asked): Promise<Answer> => {
  switch (page) {
    case '':
      return { status: 200, type: HTML, text: site.html() };
    case 'data':
      return asJson(await site.look());
    case 'story': {
      const story = await site.tell(query.get('group') ?? '', query.get('id') ?? '');
      return asJson(story === undefined ? {} : { story });
    }
    case 'act':
      return act(request, site);
  }
};

const act = async (request: IncomingMessage, source: Site): Promise<Answer> => {
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
