import { describe, expect, test } from '@jest/globals';
import { readInForce, readSource } from '#aws/dynamodb/configurations.ts';
import { recordSweep } from '#aws/dynamodb/last-sweep.ts';
import { createTable } from '#simulator/services/table.ts';
import { runCli } from '#test/cli/run-cli.ts';
import { accountWith, aDeployment } from '#test/support/a-deployment.ts';
import { minutes, NOON } from '#test/support/builders.ts';

type Client = Parameters<typeof recordSweep>[0];

const OLD = { source: { hash: 'aaaa111122223333', text: 'version: 1 # old' }, by: 'ann' };
const NEW = { source: { hash: 'bbbb111122223333', text: 'version: 1 # new' }, by: 'bob' };

/** An account in whose table the old rules were in force until ten minutes ago. */
const anAccount = async () => {
  const client = createTable() as unknown as Client;
  await recordSweep(client, 'T', OLD)(NOON - minutes(60));
  await recordSweep(client, 'T', NEW)(NOON - minutes(10));
  return accountWith([aDeployment()], {
    tableOf: async () => 'T',
    readsIn: async () =>
      ({
        scale: {},
        heal: {},
        readInForce: readInForce(client, 'T'),
        readSource: readSource(client, 'T'),
      }) as never,
  });
};

const run = async (...args: string[]) => runCli(['rules', ...args], { account: await anAccount() });

describe('tidegate rules', () => {
  test('prints the file that is in force, and nothing else, so that it can be deployed again', async () => {
    expect(await run()).toEqual({
      code: 0,
      stdout: 'version: 1 # new\n',
      stderr:
        '  hash bbbb111122223333, deployed by bob, in force since 2026-03-02 08:50 UTC\n' +
        '  to go back to it, save it and deploy it: TIDEGATE_CONFIG=FILE npx serverless deploy --stage STAGE\n',
    });
  });

  test.each(['2026-03-02T08:30:00Z', '08:30', 'aaaa111122223333', 'aaaa'])(
    'prints the one that %s names',
    async (at) => {
      expect((await run('--at', at)).stdout).toBe('version: 1 # old\n');
    },
  );

  test('has it with its hash, its begin and who deployed it for programs', async () => {
    expect(JSON.parse((await run('--json')).stdout)).toMatchObject({
      command: 'rules',
      hash: 'bbbb111122223333',
      text: 'version: 1 # new',
      since: NOON - minutes(10),
      by: 'bob',
    });
  });

  test.each([
    ['2026-03-02T07:00:00Z', 'no configuration is known that was in force then'],
    ['cccc', 'the table has no text whose hash begins with cccc, or several'],
    ['yesterday', '--at: found "yesterday"; expected a time'],
  ])('says what is wrong with %s', async (at, says) => {
    expect(await run('--at', at)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(says),
    });
  });
});
