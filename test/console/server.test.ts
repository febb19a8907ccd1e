import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PageAction } from '#console/page/data.ts';
import { parseAction } from '#console/serve/parse-action.ts';
import { type ConsoleServer, startServer } from '#console/serve/server.ts';
import { aPage } from './a-page.ts';

const acts: PageAction[] = [];
let looks = 0;
let server: ConsoleServer;
beforeAll(async () => {
  server = await startServer(
    {
      look: async () => {
        looks += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return aPage();
      },
      tell: async (group, id) =>
        id === 'web-1' ? { title: `${group} grew`, byline: id, parts: [] } : undefined,
      act: async (action) => {
        acts.push(action);
        if (action.kind === 'speed') throw new Error('AWS gave no answer');
        return { isDone: true, text: 'done' };
      },
    },
    { title: 'Tidegate', everyMs: 500, assets: { css: 'a{}', script: 'let b;' }, port: 0 },
  );
});
afterAll(() => server.close());

type Sent = Readonly<{
  method?: string;
  path?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}>;
type Got = Readonly<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }>;

/** Sends what a browser never would, too: any host, any origin. */
const send = ({ method = 'GET', path = '', headers = {}, body }: Sent): Promise<Got> => {
  const { hostname, port, pathname } = new URL(server.address);
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, headers, path: path.startsWith('/') ? path : `${pathname}${path}` },
      (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
};

/** Asks several times in one packet, so that no answer can be ready before all have been asked; gives all that comes back. */
const pipelined = async (path: string, times: number): Promise<string> => {
  const { hostname, port, pathname, host } = new URL(server.address);
  const asked = (last: boolean): string =>
    `GET ${pathname}${path} HTTP/1.1\r\nHost: ${host}\r\n${last ? 'Connection: close\r\n' : ''}\r\n`;
  const socket = connect(Number(port), hostname);
  socket.write(Array.from({ length: times }, (_, index) => asked(index === times - 1)).join(''));
  return text(socket);
};

const origin = () => new URL(server.address).origin;
const post = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Got> =>
  send({
    method: 'POST',
    path: 'act',
    body,
    headers: { 'content-type': 'application/json', origin: origin(), ...headers },
  });
const RESUME = { kind: 'resume', group: 'web', reason: '' } as const;

describe('the console', () => {
  test('listens on this machine alone, at an address that nobody can guess', () => {
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
  });

  test('gives the page, with headers that let it do nothing but its work', async () => {
    const { status, text, headers } = await send({});

    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('<title>Tidegate</title>');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'sha256-.*connect-src 'self'; frame-ancestors 'none'$/,
    );
    expect([
      headers['referrer-policy'],
      headers['cache-control'],
      headers['x-frame-options'],
    ]).toEqual(['no-referrer', 'no-store', 'DENY']);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('gives the data', async () => {
    expect(JSON.parse((await send({ path: 'data' })).text)).toEqual(aPage());
  });

  test('looks once for pages that ask at the same time', async () => {
    looks = 0;
    const answers = await pipelined('data', 3);

    expect(answers.match(/^HTTP\/1\.1 200 OK\r$/gm)).toHaveLength(3);
    expect(answers.split(JSON.stringify(aPage()))).toHaveLength(4);
    expect(looks).toBe(1);
  });

  test('tells a decision, and says nothing of one that is not known', async () => {
    const [known, unknown] = await Promise.all([
      send({ path: 'story?group=web&id=web-1' }),
      send({ path: 'story?group=web&id=web-2' }),
    ]);

    expect(JSON.parse(known.text)).toEqual({
      story: { title: 'web grew', byline: 'web-1', parts: [] },
    });
    expect(JSON.parse(unknown.text)).toEqual({});
  });

  test('does what its page asks for', async () => {
    const { status, text } = await post(JSON.stringify(RESUME));

    expect([status, JSON.parse(text)]).toEqual([200, { isDone: true, text: 'done' }]);
    expect(acts.at(-1)).toEqual(RESUME);
  });

  test('says what went wrong beneath it', async () => {
    expect(await post(JSON.stringify({ kind: 'speed', speed: 1 }))).toMatchObject({
      status: 502,
      text: 'AWS gave no answer',
    });
  });
});

describe('the console refuses', () => {
  const refusedActs = (): number => acts.length;

  test.each([
    {
      title: 'another host name, as DNS rebinding has it',
      headers: { host: 'evil.example' },
      status: 421,
    },
    { title: 'localhost, which is not its address', headers: { host: 'localhost' }, status: 421 },
    { title: 'another origin', headers: { origin: 'https://evil.example' }, status: 403 },
    { title: 'the origin of a file', headers: { origin: 'null' }, status: 403 },
    {
      title: 'a request of another site',
      headers: { 'sec-fetch-site': 'cross-site' },
      status: 403,
    },
    {
      title: 'a neighbour on another port',
      headers: { 'sec-fetch-site': 'same-site' },
      status: 403,
    },
    { title: 'the address without its secret', path: '/', status: 404 },
    { title: 'a wrong secret', path: `/${'A'.repeat(32)}/data`, status: 404 },
    { title: 'a page that is not there', path: 'passwd', status: 404 },
    { title: 'a name that objects have', path: 'constructor', status: 404 },
    { title: 'a path that climbs', path: 'data/../../x', status: 404 },
    { title: 'a POST where it reads', method: 'POST', path: 'data', status: 405 },
    { title: 'a GET where it acts', path: 'act', status: 405 },
    {
      title: 'OPTIONS, with which another site would ask',
      method: 'OPTIONS',
      path: 'act',
      status: 405,
    },
  ])('$title', async ({ status, title: _title, ...sent }) => {
    const before = refusedActs();

    expect((await send(sent)).status).toBe(status);
    expect(refusedActs()).toBe(before);
  });

  test.each([
    { title: 'a form', headers: { 'content-type': 'text/plain' }, status: 415 },
    {
      title: 'an action of another origin',
      headers: { origin: 'http://127.0.0.1:1' },
      status: 403,
    },
  ])('$title', async ({ headers, status }) => {
    const before = refusedActs();

    expect((await post(JSON.stringify(RESUME), headers)).status).toBe(status);
    expect(refusedActs()).toBe(before);
  });

  test('an action without an origin', async () => {
    const { status } = await send({
      method: 'POST',
      path: 'act',
      body: JSON.stringify(RESUME),
      headers: { 'content-type': 'application/json' },
    });

    expect(status).toBe(403);
  });

  test('a body above 64 KB', async () => {
    expect((await post(`"${'x'.repeat(70_000)}"`)).status).toBe(413);
  });

  test('a body that is no action, and says why', async () => {
    expect(await post('{')).toMatchObject({ status: 400, text: 'the body is no JSON' });
    expect((await post('{"kind":"pin","group":"web"}')).text).toMatch(/^capacity: /);
  });
});

describe('an action', () => {
  test.each<PageAction>([
    { kind: 'pause', group: 'web', for: '1h', reason: 'x' },
    { kind: 'pin', group: 'web', capacity: 4, for: '1h', reason: 'x' },
    { kind: 'cap', group: 'web', capacity: 4, for: '1h', reason: 'x' },
    { kind: 'resume', group: 'web', reason: '' },
    { kind: 'speed', speed: 60 },
    { kind: 'trouble', group: 'web', name: 'spike' },
    { kind: 'rules', text: 'version: 1' },
  ])('$kind is read as it was written', (action) => {
    expect(parseAction(JSON.stringify(action))).toEqual(action);
  });

  test.each([
    '[]',
    '{"kind":"delete"}',
    '{"kind":"resume","group":"web","reason":"","until":1}',
    '{"kind":"pin","group":"web","capacity":1.5,"for":"1h","reason":"x"}',
    '{"kind":"speed","speed":-1}',
  ])('%s is none', (body) => {
    expect(typeof parseAction(body)).toBe('string');
  });
});
