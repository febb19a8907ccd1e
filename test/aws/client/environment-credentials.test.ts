import { afterEach, describe, expect, test } from '@jest/globals';
import { defaultProvider } from '#aws/client/environment-credentials.ts';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

const given = (variables: Readonly<Record<string, string>>) => {
  for (const name of ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN'])
    delete process.env[`AWS_${name}`];
  Object.assign(process.env, variables);
  return defaultProvider()();
};

const KEY = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };

describe('the credentials of a function', () => {
  test('are those that Lambda puts into its environment', async () => {
    expect(await given({ ...KEY, AWS_SESSION_TOKEN: 'token' })).toEqual({
      accessKeyId: 'AKID',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
  });

  test('need no token, as those of a person do not', async () => {
    expect(await given(KEY)).toEqual({ accessKeyId: 'AKID', secretAccessKey: 'secret' });
  });

  test.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
    'are not looked for anywhere else when %s is missing',
    async (name) => {
      await expect(given({ ...KEY, [name]: '' })).rejects.toThrow(
        'there are no credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be in the environment',
      );
    },
  );
});
