import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { connect } from '#aws/account.ts';
import { mockClient } from '#test/support/mock-client.ts';

const stacks = mockClient(CloudFormationClient);
const tables = mockClient(DynamoDBClient);
beforeEach(() => {
  stacks.reset();
  tables.reset();
});

const ALARMS = { OutputKey: 'AlarmTopicArn', OutputValue: 'arn:aws:sns:eu-central-1:1:x' };
const aStack = (name: string, change: object = {}) => ({
  StackName: name,
  StackId: `arn:aws:cloudformation:eu-central-1:123456789012:stack/${name}/0a1b`,
  CreationTime: new Date(0),
  StackStatus: 'UPDATE_COMPLETE' as const,
  Outputs: [ALARMS],
  ...change,
});
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('the deployments in an account', () => {
  test('are the stacks with an alarm topic, on every page, by the stage that they are tagged with', async () => {
    stacks
      .on(DescribeStacksCommand)
      .resolvesOnce({
        Stacks: [aStack('tidegate-dev'), aStack('other', { Outputs: [] })],
        NextToken: '2',
      })
      .resolvesOnce({
        Stacks: [
          aStack('shop-scaling-eu-prod', { Tags: [{ Key: 'stage', Value: 'eu-prod' }] }),
          aStack('tidegate-old', { StackStatus: 'DELETE_COMPLETE' }),
          aStack('tidegate-odd', { Tags: [{ Key: 'stage', Value: 'elsewhere' }] }),
        ],
      });
    const place = { region: 'eu-central-1', account: '123456789012' };

    expect(await connect().deployments()).toEqual([
      { service: 'tidegate', stage: 'dev', stack: 'tidegate-dev', ...place },
      { service: 'shop-scaling', stage: 'eu-prod', stack: 'shop-scaling-eu-prod', ...place },
      { service: 'tidegate', stage: 'odd', stack: 'tidegate-odd', ...place },
    ]);
  });

  test('say which version of Tidegate deployed them, where their stack has the tag', async () => {
    stacks.on(DescribeStacksCommand).resolves({
      Stacks: [
        aStack('tidegate-dev', { Tags: [{ Key: 'tidegate:version', Value: '0.1.0+817e7b4' }] }),
        aStack('tidegate-old', { Tags: [{ Key: 'stage', Value: 'old' }] }),
      ],
    });

    expect((await connect().deployments()).map(({ version }) => version)).toEqual([
      '0.1.0+817e7b4',
      undefined,
    ]);
  });

  test('has the one that is named, or has it not', async () => {
    stacks.on(DescribeStacksCommand).resolvesOnce({ Stacks: [aStack('tidegate-dev')] });
    stacks
      .on(DescribeStacksCommand, { StackName: 'tidegate-prod' })
      .rejects(named('ValidationError', 'Stack with id tidegate-prod does not exist'));
    const account = connect();

    expect(await account.deployment('tidegate-prod')).toBeUndefined();
    stacks.on(DescribeStacksCommand).resolves({ Stacks: [aStack('tidegate-dev')] });
    expect(await account.deployment('tidegate-dev')).toMatchObject({ stage: 'dev' });
  });

  test('is in a Region', async () => {
    expect(await connect().region()).toBe('eu-central-1');
  });
});

describe('a table that is named', () => {
  test('says by its ARN where it is', async () => {
    tables.on(DescribeTableCommand).resolves({
      Table: { TableArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/mine' },
    });

    expect(await connect().placeOf('mine')).toEqual({
      region: 'eu-west-1',
      account: '123456789012',
    });
  });

  test('says only its Region to those who may not describe it', async () => {
    tables.on(DescribeTableCommand).rejects(named('AccessDeniedException', 'no'));

    expect(await connect().placeOf('mine')).toEqual({ region: 'eu-central-1' });
  });

  test('that is not there is an error', async () => {
    tables.on(DescribeTableCommand).rejects(named('ResourceNotFoundException', 'no'));

    await expect(connect().placeOf('mine')).rejects.toThrow('no');
  });
});
