import { describe, expect, test } from '@jest/globals';
import { amount } from '#parse/configuration/words/amount.ts';
import { choice } from '#parse/configuration/words/choice.ts';
import {
  applicationLoadBalancer,
  loadBalancer,
  targetGroup,
} from '#parse/configuration/words/load-balancing.ts';
import { secretReference, webhookOrigin } from '#parse/configuration/words/notify.ts';
import { percent } from '#parse/configuration/words/percent.ts';
import { period, wholeMinutes } from '#parse/configuration/words/period.ts';
import { statistic } from '#parse/configuration/words/statistic.ts';
import * as text from '#parse/configuration/words/text.ts';
import { wholeNumber } from '#parse/configuration/words/whole-number.ts';
import type { Words } from '#parse/configuration/words/words.ts';

const TARGETS = 'targetgroup/web/73e2d6bc24d8a067';
const APP = 'app/web/50dc6c495c0c9188';
const ELB = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012';
const { text: _, ...texts } = text;
const WORDS = {
  ...texts,
  'app load balancer': applicationLoadBalancer,
  'load balancer': loadBalancer,
  'target group': targetGroup,
  'webhook origin': webhookOrigin,
  limit: amount,
  choice: choice(['replace', 'notify']),
  count: wholeNumber({ min: 1, max: 10 }),
  minutes: wholeMinutes,
  period,
  secret: secretReference({
    what: 'the key',
    parameter: 'key',
    renew: 'make another',
  }),
  share: percent({ min: 1, max: 100 }),
  statistic,
};

const words = (name: string): Words<unknown> => WORDS[name as keyof typeof WORDS];

describe('a good value', () => {
  test.each([
    ['choice', 'notify', 'notify'],
    ['count', 1, 1],
    ['count', 10, 10],
    ['share', '1%', 1],
    ['limit', 1, { amount: 1, unit: 'capacity' }],
    ['limit', 2_147_483_647, { amount: 2_147_483_647, unit: 'capacity' }],
    ['limit', '0.001%', { amount: 0.001, unit: 'percent' }],
    ['limit', '9999.999%', { amount: 9_999.999, unit: 'percent' }],
    ['share', '99.5%', 99.5],
    ['share', '100%', 100],
    ['period', '10s', 10],
    ['period', '20s', 20],
    ['period', '30s', 30],
    ['period', '120s', 120],
    ['period', '1d', 86_400],
    ['minutes', '1m', 60],
    ['statistic', 'Average', 'Average'],
    ['statistic', 'p0', 'p0'],
    ['statistic', 'p99.99', 'p99.99'],
    ['statistic', 'p100', 'p100'],
    ['statistic', 'tm90', 'tm90'],
    ['statistic', 'IQM', 'IQM'],
    ['statistic', 'TM(10%:90%)', 'TM(10%:90%)'],
    ['statistic', 'TC(:0.5)', 'TC(:0.5)'],
    ['statistic', 'PR(0.5:)', 'PR(0.5:)'],
    ['target group', TARGETS, TARGETS],
    ['target group', `${ELB}:${TARGETS}`, TARGETS],
    ['target group', `${ELB.replace('aws', 'aws-us-gov')}:${TARGETS}`, TARGETS],
    ['load balancer', APP, APP],
    ['load balancer', 'net/web/50dc6c495c0c9188', 'net/web/50dc6c495c0c9188'],
    ['load balancer', `${ELB}:loadbalancer/${APP}`, APP],
    ['app load balancer', `${ELB}:loadbalancer/${APP}`, APP],
    ['secret', 'ssm:/tidegate/slack-webhook', '/tidegate/slack-webhook'],
    ['secret', `ssm:/${'a'.repeat(1_010)}`, `/${'a'.repeat(1_010)}`],
    ['webhook origin', 'https://hooks.slack.com', 'https://hooks.slack.com'],
    ['webhook origin', 'https://chat.example.com:8443', 'https://chat.example.com:8443'],
    ['webhook origin', 'http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['webhook origin', 'http://localhost:9000', 'http://localhost:9000'],
    ['webhook origin', 'http://[::1]:9000', 'http://[::1]:9000'],
    ['autoScalingGroupName', 'web prod/1', 'web prod/1'],
    ['queueName', 'orders.fifo', 'orders.fifo'],
    ['emailAddress', 'ops+web@example.co.uk', 'ops+web@example.co.uk'],
    ['alarmName', 'Lastspitze (März)', 'Lastspitze (März)'],
    ['namespace', 'AWS/EC2', 'AWS/EC2'],
  ])('%s %j', (name, found, value) => {
    expect(words(name).read(found)).toEqual({ ok: true, value });
  });
});

describe('a bad value', () => {
  test.each([
    // The words, what was found, how it is called, and the help.
    ['choice', 'replce', 'found "replce"', 'did you mean "replace"?'],
    ['choice', 'x', 'found "x"', undefined],
    ['choice', true, 'found the truth value true', undefined],
    ['count', 0, 'found the number 0', undefined],
    ['count', 11, 'found the number 11', undefined],
    ['count', 1.5, 'found the number 1.5', undefined],
    ['count', '3', 'found "3"', undefined],
    ['count', Number.NaN, 'found the number NaN', undefined],
    ['share', '0.9%', 'found "0.9%"', undefined],
    ['share', '100.1%', 'found "100.1%"', undefined],
    ['share', '0.0001%', 'found "0.0001%"', undefined],
    ['share', '10000%', 'found "10000%"', undefined],
    ['limit', '0%', 'found "0%"', undefined],
    ['limit', '0.0001%', 'found "0.0001%"', undefined],
    ['limit', '10000%', 'found "10000%"', undefined],
    ['limit', 12_345_678_901, 'found the number 12345678901', undefined],
    ['limit', true, 'found the truth value true', undefined],
    ['share', '50', '"50" is not a percentage', 'did you mean "50%"?'],
    ['share', '50 percent', '"50 percent" is not a percentage', 'did you mean "50%"?'],
    ['share', 'half', '"half" is not a percentage', undefined],
    ['share', 50, 'found the number 50', 'did you mean "50%"?'],
    ['share', 0.25, 'found the number 0.25', 'did you mean "25%"?'],
    ['share', [], 'found a list', undefined],
    ['share', {}, 'found a mapping', undefined],
    ['share', null, 'found nothing', undefined],
    ['period', '15s', 'found "15s"', undefined],
    ['period', '90s', 'found "90s"', undefined],
    ['period', '0s', 'found "0s"', undefined],
    ['period', '25h', 'found "25h"', undefined],
    ['minutes', '30s', 'found "30s"', undefined],
    ['statistic', 'average', 'found "average"', 'did you mean "Average"?'],
    ['statistic', 'avg', 'found "avg"', 'did you mean "Average"?'],
    ['statistic', 'P95', 'found "P95"', 'did you mean "p95"?'],
    ['statistic', '95th', 'found "95th"', 'did you mean "p95"?'],
    ['statistic', 'median', 'found "median"', 'did you mean "p50"?'],
    ['statistic', 'Maximun', 'found "Maximun"', 'did you mean "Maximum"?'],
    ['statistic', 'p101', 'found "p101"', undefined],
    ['statistic', 'p100.1', 'found "p100.1"', undefined],
    ['statistic', 'TM(10%)', 'found "TM(10%)"', undefined],
    ['secret', 'tidegate/hook', 'found "tidegate/hook"', 'did you mean "ssm:/tidegate/hook"?'],
    ['secret', 'ssm:hook', 'found "ssm:hook"', 'did you mean "ssm:/hook"?'],
    ['secret', '/hook', 'found "/hook"', 'did you mean "ssm:/hook"?'],
    [
      'secret',
      'arn:aws:ssm:eu-west-1:123456789012:parameter/ops/hook',
      'found "arn:aws:ssm:eu-west-1:123456789012:parameter/ops/hook"',
      'did you mean "ssm:/ops/hook"?',
    ],
    ['secret', 'ssm:/a b', 'found "ssm:/a b"', undefined],
    ['secret', '', 'found ""', undefined],
    ['secret', null, 'found nothing', undefined],
    ['secret', [], 'found a list', undefined],
    [
      'webhook origin',
      'https://hooks.slack.com/',
      'found "https://hooks.slack.com/"',
      'did you mean "https://hooks.slack.com"?',
    ],
    [
      'webhook origin',
      'https://chat.example.com:443',
      'found "https://chat.example.com:443"',
      'did you mean "https://chat.example.com"?',
    ],
    ['webhook origin', 'http://hooks.slack.com', 'found "http://hooks.slack.com"', undefined],
    [
      'webhook origin',
      'http://127.0.0.1.evil.example',
      'found "http://127.0.0.1.evil.example"',
      undefined,
    ],
    [
      'webhook origin',
      'https://user@hooks.slack.com',
      'found "https://****@hooks.slack.com"',
      'did you mean "https://hooks.slack.com"?',
    ],
    ['webhook origin', 'hooks.slack.com', 'found "hooks.slack.com"', undefined],
    ['webhook origin', 'file:///etc/passwd', 'found "file:///etc/passwd"', undefined],
    ['autoScalingGroupName', '', 'found an empty text', undefined],
    ['autoScalingGroupName', 'a'.repeat(256), `found "${'a'.repeat(80)}…"`, undefined],
    [
      'autoScalingGroupName',
      'arn:aws:autoscaling:eu-central-1:1:autoScalingGroup:u:autoScalingGroupName/web',
      'found "arn:aws:autoscaling:eu-central-1:1:autoScalingGroup:u:autoScalingGroupName/web"',
      'did you mean "web"?',
    ],
    [
      'autoScalingGroupName',
      42,
      'found the number 42',
      'put it between quotation marks, as it is written here',
    ],
    [
      'queueName',
      'arn:aws:sqs:eu-central-1:1:orders',
      'found "arn:aws:sqs:eu-central-1:1:orders"',
      'did you mean "orders"?',
    ],
    [
      'alarmName',
      'arn:aws:cloudwatch:eu-central-1:1:alarm:hot',
      'found "arn:aws:cloudwatch:eu-central-1:1:alarm:hot"',
      'if it is an alarm of this account and Region, write its name: "hot". An alarm of another account cannot be read: write a condition over its metric, with account: "1"',
    ],
    [
      'alarmName',
      'arn:aws:sns:eu-central-1:1:alarms',
      'found "arn:aws:sns:eu-central-1:1:alarms"',
      undefined,
    ],
    ['emailAddress', 'ops', 'found "ops"', undefined],
    ['emailAddress', 'ops@example', 'found "ops@example"', undefined],
    ['emailAddress', 'a@b@example.com', 'found "a@b@example.com"', undefined],
    [
      'emailAddress',
      'ops@example.com, dev@example.com',
      'found "ops@example.com, dev@example.com"',
      undefined,
    ],
    ['emailAddress', `${'a'.repeat(250)}@b.de`, `found "${'a'.repeat(80)}…"`, undefined],
    ['namespace', ':x', 'found ":x"', undefined],
  ])('%s %j: %s', (name, found, message, suggestion) => {
    expect(words(name).read(found)).toEqual({
      ok: false,
      problem: {
        code: expect.stringMatching(/^(bad-value|wrong-type|out-of-range)$/),
        message,
        expected: words(name).expected,
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    });
  });

  test.each([
    ['target group', 'web', '"web" is only a name', 'describe-target-groups --names web '],
    ['target group', 'web/73e2', 'found "web/73e2"', 'describe-target-groups --names NAME '],
    ['target group', APP, `found "${APP}"`, 'describe-target-groups'],
    ['target group', `${TARGETS}; rm -rf /`, `found "${TARGETS}; rm -rf /"`, '--names NAME '],
    ['load balancer', 'web', '"web" is only a name', 'describe-load-balancers --names web '],
    [
      'load balancer',
      'gwy/web/50dc6c495c0c9188',
      'found "gwy/web/50dc6c495c0c9188"',
      '--names NAME',
    ],
    [
      'app load balancer',
      'net/web/50dc6c495c0c9188',
      'found "net/web/50dc6c495c0c9188"',
      'aws elbv2',
    ],
  ])('%s %j is found with the command line', (name, found, message, command) => {
    expect(words(name).read(found)).toEqual({
      ok: false,
      problem: {
        code: 'bad-value',
        message,
        expected: words(name).expected,
        suggestion: expect.stringContaining(command),
      },
    });
  });

  test.each([
    'https://hooks.slack.com/services/T0/B0/canary',
    ' HTTP://example.com/canary',
    'xoxb-1-canary',
    'ssm:/xoxb-1-canary',
    'secretsmanager:xoxb-1-canary',
    'canary',
    'a canary',
    'T000/B000/canary',
    '0123456789abcdef0123456789canary',
    'ssm:0123456789abcdef0123456789canary',
    1_234_567,
    true,
  ])('a secret in the file is not repeated: %s', (value) => {
    const result = words('secret').read(value);

    expect(result).toMatchObject({ ok: false, problem: { code: 'secret' } });
    expect(JSON.stringify(result)).not.toMatch(/canary|1234567|true/);
  });
});

test.each(Object.entries(WORDS).filter(([, each]) => 'examples' in each.schema))(
  'the examples and the pattern of %s, which editors show, are what is read',
  (_, { schema, read }) => {
    for (const example of schema.examples as string[]) {
      expect(read(example)).toMatchObject({ ok: true });
      expect(example).toMatch(new RegExp(schema.pattern as string));
    }
  },
);
