import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PageAction } from '#console/page/data.ts';
import { type ConsoleServer, startServerOfSeveral } from '#console/serve/server.ts';
import type { PageSource } from '#console/source/page-source.ts';
import { NOON } from '#test/support/builders.ts';
import { aPage } from './a-page.ts';

const acts: string[] = [];
const sourceOf = (name: string): PageSource => ({
  look: async () => {
    if (name === 'ap') throw new Error('AWS gave no answer; check the network and the Region');
    return aPage({ title: name });
  },
  tell: async (group, id) => ({ title: `${group} of ${name} grew`, byline: id, parts: [] }),
  act: async ({ kind }: PageAction) => {
    acts.push(`${kind} in ${name}`);
    return { isDone: true, text: name };
  },
});
const FRONT = { title: 'Tidegate', subtitle: '3 deployments', now: NOON, deployments: [] };

let server: ConsoleServer;
beforeAll(async () => {
  server = await startServerOfSeveral(
    {
      front: async () => FRONT,
      pages: new Map(['eu', 'us', 'ap'].map((name) => [name, sourceOf(name)])),
    },
    { title: 'Tidegate', everyMs: 500, assets: { css: 'a{}', script: 'let b;' }, port: 0 },
  );
});
afterAll(() => server.close());

const get = async (path: string) => {
  const response = await fetch(`${server.address}${path}`);
  return { status: response.status, text: await response.text() };
};
const jsonAt = async (path: string): Promise<unknown> => JSON.parse((await get(path)).text);
const resume = async (path: string): Promise<unknown> => {
  const response = await fetch(`${server.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(server.address).origin },
    body: JSON.stringify({ kind: 'resume', group: 'web', reason: '' }),
  });
  return response.json();
};
const bootOf = (html: string): unknown =>
  JSON.parse(/<script type="application\/json" id="boot">(.*?)<\/script>/.exec(html)?.[1] ?? '');

describe('a console of several deployments', () => {
  test('has a front page, which shows what is known of all', async () => {
    const { text } = await get('');

    expect(bootOf(text)).toEqual({ kind: 'front', everyMs: 2_000 });
    expect(text).toContain('<title>Tidegate</title>');
    expect(await jsonAt('data')).toEqual(FRONT);
  });

  test('has a page of each deployment, which leads back to the front page', async () => {
    const { text } = await get('deployments/eu/');

    expect(bootOf(text)).toEqual({ kind: 'live', everyMs: 500, front: '../../' });
    expect(text).toContain('<title>eu · Tidegate</title>');
    expect(await jsonAt('deployments/eu/data')).toEqual(aPage({ title: 'eu' }));
    expect(await jsonAt('deployments/us/story?group=web&id=web-1')).toEqual({
      story: { title: 'web of us grew', byline: 'web-1', parts: [] },
    });
  });

  test('acts on the deployment whose page asks, and on none from the front page', async () => {
    acts.length = 0;

    expect(await resume('deployments/us/act')).toEqual({ isDone: true, text: 'us' });
    expect(await resume('act')).toMatchObject({ isDone: false });
    expect(acts).toEqual(['resume in us']);
  });

  test('says of one what went wrong there, and answers for the others', async () => {
    expect(await get('deployments/ap/data')).toEqual({
      status: 502,
      text: 'AWS gave no answer; check the network and the Region',
    });
    expect((await get('deployments/us/data')).status).toBe(200);
  });

  test.each([
    'deployments',
    'deployments/',
    'deployments/eu',
    'deployments//data',
    'deployments/sa/',
    'deployments/constructor/data',
    'deployments/eu/passwd',
    'deployments/eu/data/x',
    'eu/data',
  ])('knows no page at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});
