import { evaluateGroups } from '#app/lane/evaluate-groups.ts';
import { observeOne } from '#app/lane/observe-one.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import { outcomeOfDamage } from '#domain/lane/unseen.ts';
import { type EvaluationMessage, heardIn } from '#domain/sweep/evaluation-message.ts';
import { type ObservePorts, observeGroups } from './observe-groups.ts';
import { type ScaleGroupPorts, scaleGroup } from './scale-group.ts';

export type ScalePorts = ObservePorts &
  Omit<ScaleGroupPorts, 'observeAgain'> &
  Readonly<{ configuration: Configuration }>;

/** Evaluates every group that the messages name, each once, however many messages name it. */
export const scaleGroups = (ports: ScalePorts) => {
  const observe = observeGroups(ports);
  const observeAgain = async (before: Observation): Promise<Observation> => ({
    ...(await observeOne<Group, Observation>(observe)(before)),
    heard: before.heard,
  });
  const scale = scaleGroup({ ...ports, observeAgain });

  return (messages: readonly EvaluationMessage[]): Promise<readonly Disposition[]> =>
    evaluateGroups<Group, Observation>({
      groupsOf: (message) => groupsOf(ports.configuration, message),
      observe,
      evaluate: (observation, prompts) =>
        scale({ ...observation, heard: prompts.flatMap(heardIn) }),
      tellDamage: (unseen) => ports.publish(outcomeOfDamage(unseen, 'capacity', ports.now())),
      note: ports.note,
    })(messages);
};

const groupsOf = ({ groups }: Configuration, message: EvaluationMessage): readonly Group[] =>
  groups.filter(({ name, rules }) =>
    message.kind === 'evaluate' ? name === message.group : alarmsOf(rules).includes(message.name),
  );
