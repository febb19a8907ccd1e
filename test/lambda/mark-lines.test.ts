import { expect, test } from '@jest/globals';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { markLines } from '#lambda/mark-lines.ts';
import { takeNote } from '#lambda/take-note.ts';
import { type Line, loggedLines } from '#test/support/logged-lines.ts';

/** The context of Lambda for one invocation. */
const contextOf = (awsRequestId: string): Context =>
  ({
    awsRequestId,
    functionName: 'tidegate-prod-scale',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:tidegate-prod-scale',
    memoryLimitInMB: '512',
  }) as Context;

/** Invokes a handler that logs one line, once for each id; answers the lines. */
const linesOf = (...ids: readonly string[]): Promise<readonly Line[]> =>
  loggedLines(async () => {
    const handler = middy()
      .use(markLines())
      .handler(async () => {
        takeNote({ kind: 'ignored', subject: 'billing', detail: 'nothing is bound to this alarm' });
      });
    for (const id of ids) await handler({}, contextOf(id));
  });

test('each line says which invocation wrote it', async () => {
  const lines = await linesOf('first', 'second');

  expect(lines.map(({ function_request_id: id }) => id)).toEqual(['first', 'second']);
});

test('a line does not repeat what the log group and the lines of Lambda say', async () => {
  const [line = {}] = await linesOf('first');

  expect(Object.keys(line).toSorted()).toEqual([
    'detail',
    'function_request_id',
    'kind',
    'level',
    'message',
    'sampling_rate',
    'service',
    'subject',
    'timestamp',
  ]);
});
