import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { newScaleHead } from '#domain/ledger/head.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

const GROUPS = 1_000;
const ROUNDS = 31;
const NOW = Date.parse('2026-03-02T09:00:00Z');

const RULES = `
      high: { when: cpu > 70 for 3m, then: add 2 }
      low: { when: cpu < 30 for 10m, then: remove 1 }
      bands: { step: cpu, bands: [{ above: 60, then: add 10% }, { above: 80, then: add 30% }, { below: 35, then: remove 1 }] }
      load: { track: requests, target: 1000 }
      formula: { desired: "max(2, ceil(requests / 900) + (cpu > 80 ? 1 : 0))" }`;

/** Decisions in a second on one core, each of one group with five rules: the median of the rounds. */
export const measureDecisions = (): number => {
  const observations = groups().map(observe);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    for (const observation of observations) decideCapacity(observation);
    times.push(performance.now() - started);
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 1;
  return (1_000 * GROUPS) / median;
};

const groups = (): readonly Group[] => {
  const texts = Array.from(
    { length: GROUPS },
    (_, index) => `
  g${index}:
    autoScalingGroup: g${index}
    capacity: { min: 2, max: 40 }
    metrics: { cpu: { preset: asg-cpu }, requests: { preset: alb-requests-per-target, targetGroup: targetgroup/g/73e2d6bc24d8a067 } }
    behavior: { scaleIn: { limits: [{ remove: 10%, per: 5m }] }, warmup: 2m }
    rules:${RULES}`,
  );
  // A file may not be as long as a thousand groups are.
  return texts.flatMap((text) => {
    const parsed = parseConfiguration(`version: 1\ngroups:${text}\n`, {
      file: '',
      prefix: 'bench',
    });
    if (!parsed.ok) throw new Error(parsed.problem[0]?.message ?? 'a problem');
    return parsed.value.groups;
  });
};

const observe = (group: Group, index: number): Observation => ({
  now: NOW,
  group,
  heard: [],
  head: newScaleHead,
  openings: {},
  state: {
    autoScalingGroup: group.autoScalingGroup,
    isManaged: true,
    isBeingDeleted: false,
    capacityMin: 1,
    capacityMax: 50,
    capacityDesired: 4 + (index % 20),
    suspendedProcesses: [],
    targetGroupArns: [],
    instances: Array.from({ length: 4 + (index % 20) }, (_, at) => ({
      id: `i-${at}`,
      lifecycleState: 'InService',
      weight: 1,
      availabilityZone: 'a',
      isHealthy: true,
      isProtected: false,
    })),
  },
  alarms: group.rules.flatMap((rule, at) =>
    rule.kind === 'threshold' ? [alarmOf(rule.alarm.name, (index + at) % 3 === 0)] : [],
  ),
  readings: {
    cpu: { value: (index * 7) % 100, at: NOW - 2 * MINUTE_MS },
    requests: { value: (index * 37) % 2_000, at: NOW - 2 * MINUTE_MS },
  },
});

const alarmOf = (name: string, isFiring: boolean): Alarm => ({
  name,
  arn: '',
  reason: '',
  since: NOW - MINUTE_MS,
  state: isFiring ? 'ALARM' : 'OK',
  actionsEnabled: true,
  isEvaluated: true,
});
