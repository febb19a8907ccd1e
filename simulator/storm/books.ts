import { memoryUsage } from 'node:process';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import type { HistoryEvent, Trip } from '#simulator/history.ts';
import { createPrompts, groupOfAlarm } from './prompts.ts';

export type Figures = Readonly<{
  groups: number;
  /** Messages about alarms in the queue of scale, copies included. */
  messages: number;
  /** Evaluations that ended in a decision. */
  evaluations: number;
  /** Those of them that a message about an alarm prompted. */
  prompted: number;
  /** Messages that ended without an evaluation, because one of before had answered them. */
  answered: number;
  invocations: number;
  /** Requests that AWS took and those that it throttled, by action. */
  requests: ReadonlyMap<string, Readonly<{ taken: number; throttled: number }>>;
  /** From the first alarm of a group to its change, in seconds: the middle one, 99 of 100, and the slowest. */
  middleSeconds: number;
  nearlyAllSeconds: number;
  slowestSeconds: number;
  /** Groups whose capacity is not the one that their rules set. */
  wrong: number;
  deadLetters: number;
  /** Invocations that threw or ran into their time limit. */
  failed: number;
  peakMegabytes: number;
}>;

type Books = Readonly<{
  cloud: Cloud;
  configuration: Configuration;
  wanted: number;
}>;

/** Keeps the books of a storm. */
export const createBooks = ({ cloud, configuration, wanted }: Books) => {
  const requests = new Map<string, { taken: number; throttled: number }>();
  const firstAlarms = new Map<string, Instant>();
  const changedAt = new Map<string, Instant>();
  const { scale, heal, notify } = cloud.queues;
  const groupOf = new Map(
    configuration.groups.map(({ name, autoScalingGroup }) => [autoScalingGroup, name]),
  );
  const prompts = createPrompts();
  let [messages, invocations, failed] = [0, 0, 0];
  let peakBytes = 0;

  const applying = ({ action, input }: Trip, at: Instant): void => {
    if (action !== 'SetDesiredCapacity') return;
    const { name } = input as Readonly<{ name: string }>;
    const group = groupOf.get(name) ?? name;
    if (!changedAt.has(group)) changedAt.set(group, at);
  };
  const published = (message: string, at: Instant): void => {
    const { AlarmName } = JSON.parse(message) as Readonly<{ AlarmName?: string }>;
    if (AlarmName === undefined) return;
    messages += 2;
    const group = groupOfAlarm(AlarmName);
    if (!firstAlarms.has(group)) firstAlarms.set(group, at);
  };
  const wrong = (): number =>
    configuration.groups.filter(
      ({ autoScalingGroup }) =>
        cloud.autoScaling.truth(autoScalingGroup)?.capacityDesired !== wanted,
    ).length;

  return {
    listen: (event: HistoryEvent): void => {
      prompts.follow(event);
      if (event.kind === 'invoked') invocations += 1;
      else if (event.kind === 'failed') failed += 1;
      else if (event.kind === 'published') published(event.message, event.at);
      else if (event.kind === 'applying') applying(event.trip, event.at);
    },
    request: (action: string, isThrottled: boolean): void => {
      const count = requests.get(action) ?? { taken: 0, throttled: 0 };
      requests.set(action, count);
      count[isThrottled ? 'throttled' : 'taken'] += 1;
    },
    seeMemory: (): void => {
      peakBytes = Math.max(peakBytes, memoryUsage().heapUsed);
    },
    /** True when no message about an alarm is left, so many minutes after the last one: requests of the sweep go on for ever. */
    isOver: (minutesAfter: number): boolean =>
      minutesAfter > 1 && wrong() === 0 && !scale.bodies().some(isAboutAlarm),
    figures: (): Figures => {
      const waits = waitsOf(firstAlarms, changedAt);
      const waitAt = (share: number) => waits[Math.floor(waits.length * share)] ?? Number.NaN;
      return {
        groups: configuration.groups.length,
        messages,
        ...prompts.figures(),
        invocations,
        requests,
        middleSeconds: waitAt(0.5),
        nearlyAllSeconds: waitAt(0.99),
        slowestSeconds: waits.at(-1) ?? Number.NaN,
        wrong: wrong(),
        deadLetters: [scale, heal, notify].flatMap(({ deadLetters }) => deadLetters()).length,
        failed,
        peakMegabytes: Math.round(peakBytes / 2 ** 20),
      };
    },
  };
};

const isAboutAlarm = (body: string): boolean => body.includes('AlarmName');

/** The seconds from the first alarm of each group to its change, the shortest first. */
const waitsOf = (
  firstAlarms: ReadonlyMap<string, Instant>,
  changedAt: ReadonlyMap<string, Instant>,
): readonly number[] =>
  [...changedAt]
    .map(([group, at]) => (at - (firstAlarms.get(group) ?? at)) / SECOND_MS)
    .toSorted((a, b) => a - b);
