import { describe, expect, test } from '@jest/globals';
import { settingsIn } from '#fleet/application/settings.ts';

const SESSION_KEY = 'sixteen-letters!';

describe('the settings of the application', () => {
  test('are those of a load-balanced server when nothing but the key is set', () => {
    expect(settingsIn({ SESSION_KEY })).toEqual({
      host: '0.0.0.0',
      port: 8_080,
      sessionKey: SESSION_KEY,
      critical: [],
      drainMs: 25_000,
      concurrency: 100,
      workMs: 5,
    });
  });

  test('name the database and the critical services', () => {
    const env = {
      SESSION_KEY,
      DATABASE: 'db:5432',
      CRITICAL_SERVICES: 'cache=10.0.0.7:6379, mail=m:25',
    };

    expect(settingsIn(env).critical).toEqual([
      { name: 'database', host: 'db', port: 5_432 },
      { name: 'cache', host: '10.0.0.7', port: 6_379 },
      { name: 'mail', host: 'm', port: 25 },
    ]);
  });

  test.each([
    { env: { PORT: '0' }, port: 0 },
    { env: { PORT: '65535' }, port: 65_535 },
    { env: { PORT: '' }, port: 8_080 },
  ])('take $env', ({ env, port }) => {
    expect(settingsIn({ SESSION_KEY, ...env }).port).toBe(port);
  });

  test.each([
    { env: { PORT: '65536' }, says: 'PORT is "65536"; expected a whole number from 0 to 65535' },
    { env: { PORT: '-1' }, says: 'PORT is "-1"; expected a whole number from 0 to 65535' },
    { env: { PORT: '80.5' }, says: 'PORT is "80.5"; expected a whole number from 0 to 65535' },
    {
      env: { CONCURRENCY: '0' },
      says: 'CONCURRENCY is "0"; expected a whole number from 1 to 10000',
    },
    { env: { DATABASE: 'db' }, says: 'DATABASE has "db" for database; expected HOST:PORT' },
    {
      env: { CRITICAL_SERVICES: 'cache' },
      says: 'CRITICAL_SERVICES has "" for cache; expected HOST:PORT',
    },
    {
      env: { CRITICAL_SERVICES: '=a:1' },
      says: 'CRITICAL_SERVICES has "a:1" for a service; expected HOST:PORT',
    },
    {
      env: { SESSION_KEY: 'fifteen-letters' },
      says: 'SESSION_KEY has 15 characters; expected at least 16, the same on every instance',
    },
    {
      env: { SESSION_KEY: undefined },
      says: 'SESSION_KEY has 0 characters; expected at least 16, the same on every instance',
    },
  ])('refuse $env', ({ env, says }) => {
    expect(() => settingsIn({ SESSION_KEY, ...env })).toThrow(says);
  });
});

describe('the publishing of demand', () => {
  const DEMAND = { SESSION_KEY, DEMAND_LOG_GROUP: '/fleet/demand', AWS_REGION: 'eu-central-1' };

  test('is off unless a log is named', () => {
    expect(settingsIn({ ...DEMAND, DEMAND_LOG_GROUP: '' })).not.toHaveProperty('publishing');
  });

  test('goes to the logs of the Region every ten seconds, or as said', () => {
    const publishing = {
      origin: 'https://logs.eu-central-1.amazonaws.com',
      region: 'eu-central-1',
      logGroup: '/fleet/demand',
      seconds: 10,
    };
    expect(settingsIn(DEMAND).publishing).toEqual(publishing);
    const other = { LOGS_URL: 'https://logs.example', DEMAND_SECONDS: '30' };
    expect(settingsIn({ ...DEMAND, ...other }).publishing).toEqual({
      ...publishing,
      origin: 'https://logs.example',
      seconds: 30,
    });
  });

  test.each([
    [{ AWS_REGION: undefined }, /^AWS_REGION is missing/],
    [{ DEMAND_SECONDS: '15' }, /^DEMAND_SECONDS is "15"; expected 10, 20 or 30/],
    [{ DEMAND_SECONDS: '5' }, /^DEMAND_SECONDS is "5"; expected a whole number from 10/],
  ])('refuses %j', (change, says) => {
    expect(() => settingsIn({ ...DEMAND, ...change })).toThrow(says);
  });
});
