import { type Evaluation, evaluateGroups } from '#app/lane/evaluate-groups.ts';
import { observeOne } from '#app/lane/observe-one.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import { outcomeOfDamage } from '#domain/lane/unseen.ts';
import { type EvaluationMessage, notifiedAlarmsIn } from '#domain/sweep/evaluation-message.ts';
import { groupsAbout } from '#domain/sweep/group-index.ts';
import { observeGroups } from './observe-groups.ts';
import type { ScalePorts } from './ports.ts';
import { scaleGroup } from './scale-group.ts';

/** Evaluates every group that the messages name, each once, however many messages name it. */
export const scaleGroups = (
  ports: ScalePorts,
): ((messages: readonly EvaluationMessage[]) => Promise<readonly Disposition[]>) => {
  const observe = (groups: readonly Group[]) => observeGroups(ports, groups);
  const observeAgain = async (before: Observation): Promise<Observation> => {
    const fresh = await observeOne<Group, Observation>(observe, before.group);
    return { ...fresh, heard: before.heard };
  };
  const evaluation: Evaluation<Group, Observation> = {
    groupsOf: (message) => groupsAbout(ports.groups, message),
    observe,
    evaluate: (observation, prompts) =>
      scaleGroup(ports, { ...observation, heard: prompts.flatMap(notifiedAlarmsIn) }, observeAgain),
    tellDamage: (group) => ports.publish(outcomeOfDamage(group, 'capacity', ports.now())),
    note: ports.note,
  };

  return (messages) => evaluateGroups(evaluation, messages);
};
