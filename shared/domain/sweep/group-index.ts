import type { Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import type { EvaluationMessage } from './evaluation-message.ts';
import type { AskedAbout } from './members-asked.ts';

/** Groups by their names and by the alarms that they are bound to, so that a message finds its own at once. */
export type GroupIndex<G> = Readonly<{
  named: (name: string) => G | undefined;
  /** In the order of the configuration; none for an alarm that nothing is bound to. */
  boundTo: (alarm: string) => readonly G[];
}>;

/**
 * Makes the index of groups, once for all messages to come: looking through ten thousand groups for each message takes
 * more time than everything else that is done for it.
 */
export const indexGroups = <G extends Readonly<{ name: string }>>(
  groups: readonly G[],
  alarmsOf: (group: G) => readonly string[],
): GroupIndex<G> => {
  const byName = new Map(groups.map((group) => [group.name, group]));
  const byAlarm = new Map<string, G[]>();
  for (const group of groups) {
    for (const alarm of new Set(alarmsOf(group))) {
      const bound = byAlarm.get(alarm);
      if (bound === undefined) byAlarm.set(alarm, [group]);
      else bound.push(group);
    }
  }
  return { named: (name) => byName.get(name), boundTo: (alarm) => byAlarm.get(alarm) ?? [] };
};

/** The index of groups by the alarms of their rules, as whoever scales needs it. */
export const indexByRules = (groups: readonly Group[]): GroupIndex<Group> =>
  indexGroups(groups, ({ rules }) => alarmsOf(rules));

/** The groups that a message is about; none when it is not about ours. */
export const groupsAbout = <G>(index: GroupIndex<G>, message: EvaluationMessage): readonly G[] => {
  if (message.kind === 'alarm') return index.boundTo(message.name);
  const named = index.named(message.group);
  return named === undefined ? [] : [named];
};

/** The subject of a message, by its name. */
export const subjectOf = (message: EvaluationMessage): AskedAbout =>
  message.kind === 'alarm' ? { alarm: message.name } : { group: message.group };
