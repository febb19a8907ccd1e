import { createHash } from 'node:crypto';
import type { Incident } from '#domain/notify/incident.ts';
import type { Message } from '#domain/notify/message.ts';
import { cap, oneLine } from './safe-text.ts';
import { safeUrl } from './safe-url.ts';

/** An event of the Events API v2: https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ */
export type PagerDutyEvent = Readonly<{
  routing_key: string;
  event_action: 'trigger' | 'acknowledge' | 'resolve';
  dedup_key: string;
  payload?: Readonly<{
    summary: string;
    source: string;
    severity: 'info' | 'warning' | 'critical';
    timestamp: string;
    component: string;
    custom_details: Readonly<Record<string, string>>;
  }>;
  client?: string;
  links?: readonly Readonly<{ href: string; text: string }>[];
}>;

const LIMITS = { key: 255, summary: 1_024, detail: 1_000 } as const;

/** One incident for each matter: what is said of it again becomes part of it. */
export const pagerDutyEvent = (message: Message, routingKey: string): PagerDutyEvent => {
  const action = ACTIONS[message.incident.phase];
  return {
    routing_key: routingKey,
    event_action: action,
    dedup_key: dedupKeyOf(message),
    ...(action === 'trigger'
      ? { payload: payloadOf(message), client: 'Tidegate', links: linksOf(message) }
      : {}),
  };
};

/** Two deployments may share a routing key; one must never close the incident of the other. */
const dedupKeyOf = ({ incident, where = {} }: Message): string => {
  const { service, stage, region, account } = where;
  const parts = ['tidegate', service, stage, region, account, incident.key];
  const whole = parts.filter((part) => part !== undefined).join('/');
  const key = oneLine(whole);
  return key.length <= LIMITS.key ? key : `${cap(key, LIMITS.key - HASH - 1)}#${hashOf(whole)}`;
};

/** Of two long keys that begin alike neither may be taken for the other: the end tells them apart. */
const HASH = 32;
const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, HASH);

const ACTIONS = {
  opened: 'trigger',
  noted: 'trigger',
  acknowledged: 'acknowledge',
  closed: 'resolve',
} as const satisfies Readonly<Record<Incident['phase'], PagerDutyEvent['event_action']>>;

const linksOf = ({ links }: Message) =>
  links.flatMap(({ name, url }) => {
    const safe = safeUrl(url);
    return safe === undefined ? [] : [{ href: safe, text: cap(oneLine(name), LIMITS.key) }];
  });

const payloadOf = ({ title, text, fields, severity, incident, reference, at }: Message) => ({
  summary: cap(oneLine(text === '' ? title : `${title}: ${text}`), LIMITS.summary),
  source: 'tidegate',
  severity,
  timestamp: new Date(at).toISOString(),
  component: cap(oneLine(incident.key.split('/')[0] ?? ''), LIMITS.key),
  custom_details: Object.fromEntries(
    [...fields, { name: 'Reference', value: reference }].map(({ name, value }) => [
      cap(oneLine(name), LIMITS.key),
      cap(oneLine(value), LIMITS.detail),
    ]),
  ),
});
