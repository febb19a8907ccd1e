import type { SQSRecord } from 'aws-lambda';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import type { Instant } from '#domain/time/instant.ts';
import { parseInstant } from '#parse/instant.ts';
import { isMarked } from './drills.ts';

/** The question of a message to scale, read apart from the code that is judged. */
export type Asking =
  | Readonly<{ kind: 'request'; dueAt: Instant }>
  | Readonly<{ kind: 'alarm'; alarm: string; fires: boolean; changedAt: Instant; sentAt: Instant }>;

const textOf = (body: string): string => body.replaceAll('\\', '');

/** The groups that a message is about; a drill asks for no look. */
export const groupsIn = ({ groups }: Configuration, body: string): readonly string[] => {
  if (isMarked(body)) return [];
  const text = textOf(body);
  const named = /"group":"([^"]+)"/.exec(text)?.[1];
  const alarm = alarmIn(text);
  return groups
    .filter(({ name, rules }) =>
      alarm === undefined ? name === named : alarmsOf(rules).includes(alarm),
    )
    .map(({ name }) => name);
};

const alarmIn = (text: string): string | undefined =>
  /"(?:AlarmName|alarmName)":"([^"]+)"/.exec(text)?.[1];

/** The message's question; nothing of what nobody can read. */
export const askingOf = ({ body, attributes }: SQSRecord): Asking | undefined => {
  const text = textOf(body);
  const sentAt = Number(attributes.SentTimestamp);
  const alarm = alarmIn(text);
  if (alarm === undefined) {
    const delay = /"delaySeconds":(\d+)/.exec(text)?.[1] ?? '0';
    return { kind: 'request', dueAt: sentAt + 1_000 * Number(delay) };
  }
  const state = /"NewStateValue":"(\w+)"|"state":{"value":"(\w+)"/.exec(text);
  const time = /"StateChangeTime":"([^"]+)"|"timestamp":"([^"]+)"/.exec(text);
  const changedAt = parseInstant(time?.[1] ?? time?.[2] ?? '');
  const fires = (state?.[1] ?? state?.[2]) === 'ALARM';
  return changedAt === undefined ? undefined : { kind: 'alarm', alarm, fires, changedAt, sentAt };
};
