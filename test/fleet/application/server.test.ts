import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { applicationOf } from '#fleet/application/server.ts';
import { type Settings, settingsIn } from '#fleet/application/settings.ts';

const running: { stop: () => Promise<void> }[] = [];
const listening: Server[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  for (const server of listening.splice(0)) server.close();
});

const started = async (change: Partial<Settings> = {}) => {
  const settings = settingsIn({
    SESSION_KEY: 'sixteen-letters!',
    DRAIN_SECONDS: '0',
    WORK_MS: '0',
  });
  const application = applicationOf({ ...settings, host: '127.0.0.1', port: 0, ...change });
  const origin = `http://127.0.0.1:${await application.start()}`;
  running.push(application);
  return {
    application,
    ask: (path: string, init?: RequestInit) => fetch(`${origin}${path}`, init),
  };
};

const aDatabase = async (): Promise<Server & { port: number }> => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  listening.push(server);
  const address = server.address();
  return Object.assign(server, { port: typeof address === 'object' && address ? address.port : 0 });
};

describe('the application', () => {
  test('counts each request as it comes and goes, and no question for its health', async () => {
    const counted: string[] = [];
    const settings = settingsIn({
      SESSION_KEY: 'sixteen-letters!',
      DRAIN_SECONDS: '0',
      WORK_MS: '0',
    });
    const counter = {
      came: () => void counted.push('came'),
      went: () => void counted.push('went'),
    };
    const application = applicationOf({ ...settings, host: '127.0.0.1', port: 0 }, counter);
    const origin = `http://127.0.0.1:${await application.start()}`;
    running.push(application);
    await fetch(`${origin}/health`);
    await (await fetch(`${origin}/`)).text();
    await application.stop();
    running.pop();

    expect(counted).toEqual(['came', 'went']);
  });

  test('answers every path, and counts visits in a cookie that any instance reads', async () => {
    const [one, other] = [await started(), await started()];
    const first = await one.ask('/api/things');
    const [cookie = ''] = (first.headers.get('set-cookie') ?? '').split(';');

    expect([first.status, await first.json()]).toEqual([200, { path: '/api/things', visits: 1 }]);
    const second = await other.ask('/', { headers: { cookie } });
    expect(await second.json()).toEqual({ path: '/', visits: 2 });
  });

  test('says that it is not healthy and why when its database is away, and stays alive and ready', async () => {
    const database = await aDatabase();
    const critical = [{ name: 'database', host: '127.0.0.1', port: database.port }];
    const { ask } = await started({ critical });

    expect((await ask('/health')).status).toBe(200);
    database.close();
    await once(database, 'close');
    const health = await ask('/health');
    expect([health.status, await health.json()]).toEqual([
      503,
      { healthy: false, why: [expect.stringMatching(/^database cannot be reached: .*REFUSED/)] },
    ]);
    expect([(await ask('/live')).status, (await ask('/ready')).status]).toEqual([200, 200]);
  });

  test('does the work that a request asks for, and answers health checks meanwhile', async () => {
    const { ask } = await started();
    const begun = performance.now();
    const slow = ask('/?cpu=150&wait=50').then(() => performance.now() - begun);
    const healthy = await ask('/health').then(() => performance.now() - begun);

    expect(await slow).toBeGreaterThan(195);
    expect(healthy).toBeLessThan(await slow);
  });

  test('refuses with 503 what goes beyond its concurrency', async () => {
    const { ask } = await started({ concurrency: 1 });
    const slow = ask('/?wait=300');
    await ask('/live');
    const refused = await ask('/');

    expect([refused.status, await refused.json()]).toEqual([
      503,
      { error: '1 requests are worked on already' },
    ]);
    expect((await slow).status).toBe(200);
    expect((await ask('/')).status).toBe(200);
  });

  test('shuts down without cutting a request, and fails its health checks meanwhile', async () => {
    const { application, ask } = await started({ drainMs: 5_000 });
    const slow = ask('/?wait=400');
    await ask('/live');
    const stopped = application.stop().then(() => 'stopped');
    const health = await ask('/health');

    expect([health.status, await health.json(), health.headers.get('connection')]).toEqual([
      503,
      { healthy: false, why: ['it is shutting down'] },
      'close',
    ]);
    expect((await slow).status).toBe(200);
    running.length = 0;
    expect(await stopped).toBe('stopped');
    await expect(ask('/live')).rejects.toThrow('fetch failed');
  });

  test('ends when the drain time is over, whatever is still worked on', async () => {
    const { application, ask } = await started({ drainMs: 200 });
    const endless = ask('/?wait=9000').catch(() => 'cut');
    await ask('/live');
    const begun = performance.now();
    await application.stop();
    running.length = 0;

    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(await endless).toBe('cut');
  });
});
