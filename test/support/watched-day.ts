import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import type { Instant } from '#domain/time/instant.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { runDay } from '#simulator/day/day.ts';
import type { HistoryEvent } from '#simulator/history.ts';

/** A day with rules that see by alarms, and one with rules that read metrics themselves. */
const RULES = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 3, max: 24 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      cpu-high: { when: cpu > 60 for 3m, then: add 20% }
      cpu-critical: { when: cpu > 85 for 1m, then: add 50% }
      cpu-low: { when: cpu < 35 for 10m, then: remove 1 }
    behavior:
      scaleOut: { cooldown: 3m }
      scaleIn: { cooldown: 5m }
    health:
      targetGroup: targetgroup/web/73e2d6bc24d8a067
      loadBalancer: app/web/50dc6c495c0c9188
      unhealthyFor: 2m
  api:
    autoScalingGroup: api-prod
    capacity: { min: 2, max: 20 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      load: { track: cpu, target: 50 }
      morning: { schedule: { start: "0 7 * * *", end: "0 10 * * *", timezone: UTC }, min: 6 }
    behavior:
      scaleOut: { cooldown: 2m, limits: [{ add: 3, per: 5m }] }
      scaleIn: { cooldown: 5m, stabilize: 10m }
notify:
  channels:
    slack: { slack: ssm:/tidegate/slack-webhook }
  routes:
    - { on: [scaled, replaced, blocked, at-max, failed, override], to: [slack] }
`;

/** The text of the rules of the watched day. */
export const DAY_RULES_TEXT = RULES;

/** The configuration of the watched day, its alarms named as stage dev names them. */
export const dayConfiguration = (): Configuration => {
  const parsed = parseConfiguration(RULES, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
  return parsed.value;
};

export type Watch = Readonly<{
  /** Called when each minute is over, and waited for; the cloud stands still meanwhile. */
  onMinute?: (cloud: Cloud, now: Instant) => Promise<void>;
  onDecision?: (decision: Decision, cloud: Cloud, now: Instant) => void;
  listen?: (event: HistoryEvent) => void;
}>;

/** Runs the day, and answers with its cloud as it is in the end, and its clock. */
export const watchDay = async ({
  onMinute,
  onDecision,
  listen,
}: Watch = {}): Promise<Readonly<{ cloud: Cloud; now: () => Instant }>> => {
  let found: Readonly<{ cloud: Cloud; now: () => Instant }> | undefined;
  const place = () => {
    if (found === undefined) throw new Error('the day has not begun');
    return found;
  };
  await runDay({
    configuration: dayConfiguration(),
    seed: 1,
    hasAccidents: true,
    onCloud: (cloud, now) => {
      found = { cloud, now };
    },
    listen: (event) => {
      listen?.(event);
      if (event.kind !== 'noted' || event.note.kind !== 'decided') return;
      onDecision?.(event.note.decision, place().cloud, event.at);
    },
    onSample: () => {},
    pause: async () => onMinute?.(place().cloud, place().now()),
  });
  return place();
};
