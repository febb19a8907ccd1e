import * as z from 'zod';
import { SEVERITIES } from '../../../domain/alert.ts';
import { NEWS_KINDS } from '../../../domain/configuration.ts';
import { describeValue } from '../describe-value.ts';
import type { Complaint } from '../fault.ts';
import { isMapping } from '../mapping.ts';
import { choice } from '../words/choice.ts';
import { plainNames } from '../words/names.ts';
import { secretReference, webhookOrigin } from '../words/notify.ts';
import { channelReference, emailAddress } from '../words/text.ts';
import { leaf } from './leaf.ts';
import { mapping, record } from './mapping.ts';
import { oneOf } from './one-of.ts';

const slack = mapping('A Slack channel, by an incoming webhook.', {
  slack: leaf(secretReference, 'Where the URL of the incoming webhook is kept: ssm:/PATH.'),
  origin: leaf(
    webhookOrigin,
    'The only origin that the URL may point to, if not Slack itself.',
  ).optional(),
});

const email = mapping('A mailbox.', {
  email: leaf(emailAddress, 'The address; its owner confirms the subscription once.'),
});

const choose = (value: unknown): 'slack' | 'email' | Complaint => {
  const isEmail = isMapping(value) && Object.hasOwn(value, 'email');
  const isSlack = isMapping(value) && Object.hasOwn(value, 'slack');
  if (isSlack !== isEmail) return isSlack ? 'slack' : 'email';

  return {
    code: isEmail ? 'conflict' : 'wrong-type',
    message: isEmail ? 'found both slack and email' : `found ${describeChannel(value)}`,
    expected: 'a mapping with slack or with email, such as { email: ops@example.com }',
  };
};

const describeChannel = (value: unknown): string =>
  isMapping(value) ? 'neither slack nor email' : describeValue(value);

const route = mapping('Some news, and who is told.', {
  on: z
    .array(leaf(choice(NEWS_KINDS), 'A kind of news.'))
    .meta({ description: 'Which news.', minItems: 1 }),
  severity: z
    .array(leaf(choice(SEVERITIES), 'A severity.'))
    .meta({
      description: 'Only alerts of these severities; all unless said otherwise.',
      minItems: 1,
    })
    .optional(),
  to: z
    .array(leaf(channelReference, 'The name of a channel.'))
    .meta({ description: 'To which channels.', minItems: 1 }),
});

/** Who is told what. */
export const notifySchema = mapping('Who is told what.', {
  channels: record(oneOf('A channel: Slack or e-mail.', { slack, email }, choose), {
    names: plainNames('a channel'),
    description: 'Where messages can go, by a name of your choice.',
  }).prefault({}),
  routes: z
    .array(route)
    .meta({
      description:
        'Which news goes where. Without routes every channel gets all but held and alarm.',
      minItems: 1,
    })
    .optional(),
});

export type NotifyInput = z.output<typeof notifySchema>;
