import type { Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { groupsAbout, indexGroups } from '#domain/sweep/group-index.ts';
import { anAlarmEvent } from '#test/support/notify-world.ts';
import { configurationOf } from './configuration.ts';

const ROUNDS = 201;
const MESSAGES = 10;

export type Finding = Readonly<{
  groups: number;
  /** Milliseconds that the index takes, once at the start of a function. */
  indexMs: number;
  /** Microseconds to find the groups of ten alarm messages. */
  batchUs: number;
  /** The same by looking through all groups for each message. */
  searchUs: number;
}>;

/** The time to find the groups that a batch of ten alarms is about, for deployments of several sizes. */
export const measureFinding = (): readonly Finding[] =>
  [10, 100, 1_000, 10_000].map((count) => {
    const groups = manyGroups(count);
    const events = Array.from({ length: MESSAGES }, (_, index) => {
      const group = Math.floor((index * count) / MESSAGES);
      return anAlarmEvent({ name: `tidegate-bench-fleet-${group}-cpu-high` });
    });
    const makeIndex = () => indexGroups(groups, ({ rules }) => alarmsOf(rules));
    const index = makeIndex();
    const search = (): number =>
      events.reduce((found, { name }) => found + boundTo(groups, name).length, 0);
    const find = (): number =>
      events.reduce((found, event) => found + groupsAbout(index, event).length, 0);
    if (find() !== MESSAGES || search() !== MESSAGES) throw new Error('a group was not found');

    return {
      groups: count,
      indexMs: medianOf(makeIndex, 21),
      batchUs: 1_000 * medianOf(find, ROUNDS),
      searchUs: 1_000 * medianOf(search, 21),
    };
  });

/** More than one file may have: each is the first one under another name. */
const manyGroups = (count: number): readonly Group[] => {
  const text = JSON.stringify(configurationOf(1).groups[0]);
  return Array.from({ length: count }, (_, index) =>
    JSON.parse(text.replaceAll('fleet-0', `fleet-${index}`)),
  );
};

const boundTo = (groups: readonly Group[], alarm: string): readonly Group[] =>
  groups.filter(({ rules }) => alarmsOf(rules).includes(alarm));

const medianOf = (work: () => unknown, rounds: number): number => {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
};
