import type * as z from 'zod';
import { CHANNEL_FORMS } from '../channel-forms.ts';
import { describeValue } from '../describe-value.ts';
import type { Complaint } from '../fault.ts';
import { isMapping } from '../mapping.ts';
import { oneOf } from './one-of.ts';

/** The key of a channel that names its form. */
type Mark = keyof typeof CHANNEL_FORMS;

const MARKS = Object.keys(CHANNEL_FORMS) as readonly Mark[];

/** Finds the form of a channel by the one key that names it. */
export const formOfChannel = (value: unknown): Mark | Complaint => {
  const found = isMapping(value) ? MARKS.filter((mark) => Object.hasOwn(value, mark)) : [];
  const [mark, ...others] = found;
  if (mark !== undefined && others.length === 0) return mark;

  return {
    code: others.length > 0 ? 'conflict' : 'wrong-type',
    message: others.length > 0 ? `found ${found.join(' and ')}` : `found ${describeChannel(value)}`,
    expected: `a mapping with one of ${MARKS.join(', ')}, such as { email: ops@example.com }`,
  };
};

const describeChannel = (value: unknown): string =>
  isMapping(value) ? `none of ${MARKS.join(', ')}` : describeValue(value);

type Forms = typeof CHANNEL_FORMS;
type Schemas = { readonly [M in Mark]: Forms[M]['schema'] };

/** A channel of `tidegate.yml`, of any form. */
export const channelSchema = oneOf(
  'A channel.',
  Object.fromEntries(MARKS.map((mark) => [mark, CHANNEL_FORMS[mark].schema])) as Schemas,
  formOfChannel,
);

export type ChannelInput = z.output<typeof channelSchema>;
