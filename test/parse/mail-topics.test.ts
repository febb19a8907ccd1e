import { expect, test } from '@jest/globals';
import { parseMailTopics } from '#parse/mail-topics.ts';

const ARN = 'arn:aws:sns:us-east-1:123456789012:tidegate-dev-mail-ops';

test.each([
  ['{}', []],
  [`{"ops":"${ARN}"}`, [['ops', ARN]]],
])('reads %s', (text, topics) => {
  expect(parseMailTopics(text)).toEqual({ ok: true, value: new Map(topics as [string, string][]) });
});

test.each([
  ['', /^MAIL_TOPIC_ARNS: found "", expected a JSON object/],
  ['[]', /^MAIL_TOPIC_ARNS: found a list, expected a JSON object/],
  ['{"ops":5}', /^MAIL_TOPIC_ARNS.ops: found the number 5, expected a text/],
])('refuses %s', (text, message) => {
  expect(parseMailTopics(text)).toMatchObject({
    problem: { message: expect.stringMatching(message) },
  });
});
