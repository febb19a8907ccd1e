import type { Configuration } from '../domain/configuration.ts';
import type { Disposition } from '../domain/disposition.ts';
import type { EvaluationMessage } from '../domain/evaluation-message.ts';
import {
  type HealedGroup,
  type HealthObservation,
  isHealed,
} from '../domain/health-observation.ts';
import { evaluateGroups } from './evaluate-groups.ts';
import { type HealGroupPorts, healGroup } from './heal-group.ts';
import { type ObserveHealthPorts, observeHealth } from './observe-health.ts';
import { observeOne } from './observe-one.ts';

export type HealPorts = ObserveHealthPorts &
  Omit<HealGroupPorts, 'observeAgain'> &
  Readonly<{ configuration: Configuration }>;

/** Evaluates the targets of every group that the messages name, each once. */
export const healGroups = (ports: HealPorts) => {
  const observe = observeHealth(ports);
  const heal = healGroup({ ...ports, observeAgain: observeOne(observe) });
  const groups = ports.configuration.groups.filter(isHealed);

  return (messages: readonly EvaluationMessage[]): Promise<readonly Disposition[]> =>
    evaluateGroups<HealedGroup, HealthObservation>({
      groupsOf: (message) => groupsOf(groups, message),
      observe,
      evaluate: (observation) => heal(observation),
      note: ports.note,
    })(messages);
};

const groupsOf = (
  groups: readonly HealedGroup[],
  message: EvaluationMessage,
): readonly HealedGroup[] =>
  groups.filter(({ name, health }) =>
    message.kind === 'evaluate'
      ? name === message.group
      : health.watched.some(({ alarm }) => alarm === message.name),
  );
