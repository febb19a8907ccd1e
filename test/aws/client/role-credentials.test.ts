import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { clientOptions } from '#aws/client/client-options.ts';
import { optionsFor } from '#aws/client/options-for.ts';
import { roleCredentials } from '#aws/client/role-credentials.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const ROLE = 'arn:aws:iam::222222222222:role/tidegate-reader';
const sts = mockClient(STSClient);
beforeEach(() => {
  sts.reset();
});

/** A session that lasts an hour from a time. */
const session = (from: number, key = 'key') => ({
  Credentials: {
    AccessKeyId: key,
    SecretAccessKey: 'secret',
    SessionToken: 'token',
    Expiration: new Date(from + minutes(60)),
  },
});

describe('the credentials of a role', () => {
  test('are those of one session for all who ask', async () => {
    sts.on(AssumeRoleCommand).resolves(session(NOON));
    const credentials = roleCredentials(ROLE, clientOptions, () => NOON);
    const [one, other] = await Promise.all([credentials(), credentials()]);

    expect(one).toEqual({
      accessKeyId: 'key',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date(NOON + minutes(60)),
    });
    expect(other).toBe(one);
    expect(sts.commandCalls(AssumeRoleCommand).map(({ args }) => args[0].input)).toEqual([
      { RoleArn: ROLE, RoleSessionName: 'tidegate' },
    ]);
  });

  test.each([
    { after: minutes(55) - 1, key: 'first' },
    { after: minutes(55), key: 'second' },
  ])('are renewed five minutes before the session ends: $key after $after ms', async (at) => {
    let now = NOON;
    sts
      .on(AssumeRoleCommand)
      .resolvesOnce(session(NOON, 'first'))
      .resolves(session(NOON, 'second'));
    const credentials = roleCredentials(ROLE, clientOptions, () => now);
    await credentials();
    now += at.after;

    expect((await credentials()).accessKeyId).toBe(at.key);
  });

  test('are asked for again after a refusal', async () => {
    const denied = Object.assign(new Error('not authorized'), { name: 'AccessDenied' });
    sts.on(AssumeRoleCommand).rejectsOnce(denied).resolves(session(NOON));
    const credentials = roleCredentials(ROLE, clientOptions, () => NOON);

    await expect(credentials()).rejects.toThrow('not authorized');
    await expect(credentials()).resolves.toMatchObject({ accessKeyId: 'key' });
  });

  test('are missing where AWS gives none', async () => {
    sts.on(AssumeRoleCommand).resolves({});
    await expect(roleCredentials(ROLE, clientOptions, () => NOON)()).rejects.toThrow(
      `AWS gave no credentials for the role ${ROLE}`,
    );
  });
});

describe('the options of the clients of one account', () => {
  const clientFor = (caller: Parameters<typeof optionsFor>[0]) =>
    new AutoScalingClient(optionsFor(caller));

  test('name its Region, each client its own', async () => {
    const [eu, us] = [clientFor({ region: 'eu-west-1' }), clientFor({ region: 'us-east-1' })];

    expect([await eu.config.region(), await us.config.region()]).toEqual([
      'eu-west-1',
      'us-east-1',
    ]);
  });

  test('are those of the environment where nothing is named', async () => {
    expect(optionsFor({ region: '', profile: undefined, role: undefined })).toEqual(clientOptions);
    await expect(clientFor({}).config.credentials()).resolves.toMatchObject({
      accessKeyId: 'test',
    });
  });

  test('let a profile win over keys in the environment, and say nothing of it', async () => {
    // No file of these tests has a profile, and keys of the environment do not stand in for it.
    await expect(clientFor({ profile: 'shop' }).config.credentials()).rejects.toThrow(
      'Could not load credentials from any providers',
    );
  });

  test('assume a role', async () => {
    sts.on(AssumeRoleCommand).resolves(session(NOON, 'of the role'));
    const client = clientFor({ region: 'us-east-1', role: ROLE });

    await expect(client.config.credentials()).resolves.toMatchObject({
      accessKeyId: 'of the role',
    });
  });
});
