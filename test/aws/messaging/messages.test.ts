import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { publish } from '#aws/messaging/publish.ts';
import {
  postpone,
  quarantine,
  receiveWaiting,
  removeReceived,
  sendRequests,
  sendShards,
} from '#aws/messaging/queue.ts';
import type { EvaluationRequest } from '#domain/sweep/evaluation-message.ts';
import type { SentShard } from '#domain/sweep/shard.ts';
import { mockClient } from '#test/support/mock-client.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/123456789012/tidegate-dev-scale';

test('an outcome is published as JSON, with attributes to filter on', async () => {
  const mock = mockClient(SNSClient);
  mock.on(PublishCommand).resolves({});
  await publish(new SNSClient({}), 'arn:topic')(anOutcome());

  expect(mock.commandCalls(PublishCommand).map(({ args }) => args[0].input)).toEqual([
    {
      TopicArn: 'arn:topic',
      Message: JSON.stringify(anOutcome()),
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'scaled' },
        group: { DataType: 'String', StringValue: 'web' },
      },
    },
  ]);
});

test('an outcome that SNS would refuse for its size is published without its lists', async () => {
  const mock = mockClient(SNSClient);
  mock.on(PublishCommand).resolves({});
  const targets = (count: number) => Array.from({ length: count }, (_, index) => `i-${index}:é`);
  const summary = 'x'.repeat(3_000);
  const send = publish(new SNSClient({}), 'arn:topic');
  await send(anOutcome({ summary, targets: targets(9_000) }));
  await send(anOutcome({ summary, targets: targets(20_000) }));

  const [first, second] = mock
    .commandCalls(PublishCommand)
    .map(({ args }) => JSON.parse(args[0].input.Message ?? ''));
  expect(first).toEqual(anOutcome({ summary, targets: targets(9_000) }));
  expect(second).toEqual(anOutcome({ summary: 'x'.repeat(1_000) }));
});

describe('evaluation requests', () => {
  const requests = (count: number): readonly EvaluationRequest[] =>
    Array.from({ length: count }, (_, index) => ({
      kind: 'evaluate',
      group: `g-${index}`,
      cause: 'alarm-firing',
    }));
  const setUp = () => {
    const mock = mockClient(SQSClient);
    mock.on(SendMessageBatchCommand).resolves({});
    const sent = () => mock.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input);
    return { mock, sent, send: sendRequests(new SQSClient({}), QUEUE) };
  };

  test('are sent as JSON', async () => {
    const { sent, send } = setUp();
    await send(requests(1));

    expect(sent()).toEqual([
      {
        QueueUrl: QUEUE,
        Entries: [
          { Id: '0', MessageBody: '{"kind":"evaluate","group":"g-0","cause":"alarm-firing"}' },
        ],
      },
    ]);
  });

  test('are held back by the queue for as long as they say', async () => {
    const { sent, send } = setUp();
    await send(requests(2).map((each, index) => ({ ...each, delaySeconds: 15 * (index + 1) })));

    const body = (group: string, delaySeconds: number) =>
      JSON.stringify({ kind: 'evaluate', group, cause: 'alarm-firing', delaySeconds });
    expect(sent()[0]?.Entries).toEqual([
      { Id: '0', MessageBody: body('g-0', 15), DelaySeconds: 15 },
      { Id: '1', MessageBody: body('g-1', 30), DelaySeconds: 30 },
    ]);
  });

  test.each([
    { count: 0, calls: [] },
    { count: 10, calls: [10] },
    { count: 21, calls: [10, 10, 1] },
  ])('$count are sent in calls of $calls', async ({ count, calls }) => {
    const { sent, send } = setUp();
    await send(requests(count));

    expect(sent().map(({ Entries }) => Entries?.length ?? 0)).toEqual(calls);
  });

  test('that SQS refuses are not taken for sent', async () => {
    const { mock, send } = setUp();
    const failed = { Id: '0', SenderFault: false, Code: 'InternalError' };
    mock.on(SendMessageBatchCommand).resolves({ Failed: [failed], Successful: [] });

    await expect(send(requests(2))).rejects.toThrow('SQS refused 1 evaluation requests');
  });

  test('are all sent although some calls fail, and the failure is told', async () => {
    const { mock, sent, send } = setUp();
    mock.on(SendMessageBatchCommand).rejectsOnce(new Error('Rate exceeded')).resolves({});

    await expect(send(requests(21))).rejects.toThrow('Rate exceeded');
    expect(sent()).toHaveLength(3);
  });
});

describe('a message', () => {
  test('is put aside with the reason why, cut to a length that SQS takes', async () => {
    const mock = mockClient(SQSClient);
    mock.on(SendMessageCommand).resolves({});
    await quarantine(new SQSClient({}), QUEUE)('not JSON', 'x'.repeat(2_000));

    expect(mock.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toEqual([
      {
        QueueUrl: QUEUE,
        MessageBody: 'not JSON',
        MessageAttributes: { problem: { DataType: 'String', StringValue: 'x'.repeat(1_000) } },
      },
    ]);
  });

  test('is made visible again after some seconds', async () => {
    const mock = mockClient(SQSClient);
    mock.on(ChangeMessageVisibilityCommand).resolves({});
    await postpone(new SQSClient({}), QUEUE)('receipt', 30);

    expect(
      mock.commandCalls(ChangeMessageVisibilityCommand).map(({ args }) => args[0].input),
    ).toEqual([{ QueueUrl: QUEUE, ReceiptHandle: 'receipt', VisibilityTimeout: 30 }]);
  });
});

describe('messages that wait in the queue', () => {
  test('are received ten at a time, as Lambda would hand them over, and not waited for', async () => {
    const mock = mockClient(SQSClient);
    mock.on(ReceiveMessageCommand).resolves({
      Messages: [
        {
          MessageId: 'm1',
          ReceiptHandle: 'r1',
          Body: '{}',
          Attributes: { ApproximateReceiveCount: '3', SentTimestamp: '1772442000000' },
        },
      ],
    });

    expect(await receiveWaiting(new SQSClient({}), QUEUE)()).toEqual([
      {
        messageId: 'm1',
        receiptHandle: 'r1',
        body: '{}',
        attributes: { ApproximateReceiveCount: '3', SentTimestamp: '1772442000000' },
      },
    ]);
    expect(mock.commandCalls(ReceiveMessageCommand).map(({ args }) => args[0].input)).toEqual([
      {
        QueueUrl: QUEUE,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      },
    ]);
  });

  test('may be none', async () => {
    mockClient(SQSClient).on(ReceiveMessageCommand).resolves({});
    expect(await receiveWaiting(new SQSClient({}), QUEUE)()).toEqual([]);
  });

  test('are deleted ten in a call, all of them, and a refusal is told', async () => {
    const mock = mockClient(SQSClient);
    const refused = { Id: '0', SenderFault: true, Code: 'ReceiptHandleIsInvalid' };
    mock
      .on(DeleteMessageBatchCommand)
      .resolvesOnce({ Failed: [refused], Successful: [] })
      .resolves({ Failed: [], Successful: [] });
    const receipts = Array.from({ length: 12 }, (_, index) => `r${index}`);

    await expect(removeReceived(new SQSClient({}), QUEUE)(receipts)).rejects.toThrow(
      'SQS refused to delete 1 messages',
    );
    expect(
      mock
        .commandCalls(DeleteMessageBatchCommand)
        .map(({ args }) => args[0].input.Entries?.map(({ ReceiptHandle }) => ReceiptHandle)),
    ).toEqual([receipts.slice(0, 10), receipts.slice(10)]);
  });
});

describe('shards of the sweep', () => {
  const shard = (name: string, delaySeconds: number): SentShard => ({
    kind: 'shard',
    groups: [name],
    until: 7,
    delaySeconds,
  });

  test('are sent one by one, each to be seen after its delay', async () => {
    const mock = mockClient(SQSClient);
    mock.on(SendMessageCommand).resolves({});
    await sendShards(new SQSClient({}), QUEUE)([shard('a', 0), shard('b', 10)]);

    expect(mock.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toEqual([
      {
        QueueUrl: QUEUE,
        MessageBody: '{"kind":"shard","groups":["a"],"until":7}',
        DelaySeconds: 0,
      },
      {
        QueueUrl: QUEUE,
        MessageBody: '{"kind":"shard","groups":["b"],"until":7}',
        DelaySeconds: 10,
      },
    ]);
  });

  test('are all tried, and one that SQS refuses fails them in the end', async () => {
    const mock = mockClient(SQSClient);
    mock.on(SendMessageCommand).rejectsOnce(new Error('no')).resolves({});
    const sending = sendShards(new SQSClient({}), QUEUE)([shard('a', 0), shard('b', 10)]);

    await expect(sending).rejects.toThrow('no');
    expect(mock.commandCalls(SendMessageCommand)).toHaveLength(2);
  });
});
