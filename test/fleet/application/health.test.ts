import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { judgeHealth, reach, readinessOf } from '#fleet/application/health.ts';

describe('health', () => {
  test('is good while the process serves and every service can be reached', () => {
    expect(judgeHealth('serving', [{ name: 'database' }])).toEqual({ healthy: true, why: [] });
  });

  test('says each reason not to be good', () => {
    const services = [{ name: 'database', problem: 'refused' }, { name: 'cache' }];

    expect(judgeHealth('draining', services)).toEqual({
      healthy: false,
      why: ['it is shutting down', 'database cannot be reached: refused'],
    });
  });

  test.each([
    { phase: 'starting' as const, health: { healthy: false, why: ['it is starting'] } },
    { phase: 'serving' as const, health: { healthy: true, why: [] } },
    { phase: 'draining' as const, health: { healthy: false, why: ['it is shutting down'] } },
  ])('leaves readiness to the process alone: $phase', ({ phase, health }) => {
    expect(readinessOf(phase)).toEqual(health);
  });
});

describe('a service', () => {
  test('is reached where something listens, and not any more when it is gone', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const service = { name: 'database', host: '127.0.0.1', port };

    expect(await reach(service)).toEqual({ name: 'database' });
    server.close();
    await once(server, 'close');
    expect(await reach(service)).toEqual({
      name: 'database',
      problem: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
