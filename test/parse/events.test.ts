import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';
import { parseNewsMessage } from '#parse/news-message.ts';
import { enveloped, eventNames, readEvent } from '#test/support/events.ts';

const isSqsEvent = (name: string) => name.startsWith('sqs-event');
/** No topic sends it: the sweep sends it to its own queue. */
const isShard = (name: string) => name === 'shard';
/** Messages that only notify gets. */
const isOutcome = (name: string) => /^(outcome-|channel-|flush|drill-(news|channel))/.test(name);
const recordIn = (name: string) => (JSON.parse(readEvent(name)) as SQSEvent).Records[0];

describe('the recorded messages', () => {
  const messages = eventNames().filter(
    (name) => !isSqsEvent(name) && !isShard(name) && name !== 'sns-envelope',
  );
  test.each(messages)('%s is understood in the envelope of SNS', (name) => {
    const parse = isOutcome(name) ? parseNewsMessage : parseEvaluationMessage;
    expect(parse(enveloped(readEvent(name)))).toMatchObject({ ok: true });
  });

  test.each(eventNames())('%s is in docs/events.md', (name) => {
    const docs = readFileSync(join(import.meta.dirname, '../../docs/events.md'), 'utf8');
    expect(docs).toContain(`\`${name}.json\``);
  });

  test.each([
    ['sqs-event', 'metric-alarm', 'tidegate-dev-scale'],
    ['sqs-event-notify', 'outcome-scaled', 'tidegate-dev-notify'],
  ])('%s carries %s', (event, content, queue) => {
    const record = recordIn(event);
    const { Message } = JSON.parse(record?.body ?? '');

    expect(JSON.parse(Message)).toEqual(JSON.parse(readEvent(content)));
    expect(record).toMatchObject({
      md5OfBody: createHash('md5')
        .update(record?.body ?? '')
        .digest('hex'),
      eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${queue}`,
    });
  });
});
