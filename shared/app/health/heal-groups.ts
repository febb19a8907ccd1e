import { type Evaluation, evaluateGroups } from '#app/lane/evaluate-groups.ts';
import { observeOne } from '#app/lane/observe-one.ts';
import {
  type HealedGroup,
  type HealthObservation,
  isHealed,
} from '#domain/health/health-observation.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import { outcomeOfDamage } from '#domain/lane/unseen.ts';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import { healGroup } from './heal-group.ts';
import { letGoGroup } from './let-go-group.ts';
import { observeHealth } from './observe-health.ts';
import type { HealPorts } from './ports.ts';

/** Evaluates the targets of every group that the messages name, each once. */
export const healGroups = (
  ports: HealPorts,
): ((messages: readonly EvaluationMessage[]) => Promise<readonly Disposition[]>) => {
  const observe = (healed: readonly HealedGroup[]) => observeHealth(ports, healed);
  const groups = ports.configuration.groups.filter(isHealed);
  const evaluation: Evaluation<HealedGroup, HealthObservation> = {
    groupsOf: (message) => groupsOf(groups, message),
    observe,
    evaluate: (observation) =>
      healGroup(ports, observation, ({ group }) =>
        observeOne<HealedGroup, HealthObservation>(observe, group),
      ),
    tellDamage: (group) => ports.publish(outcomeOfDamage(group, 'health', ports.now())),
    note: ports.note,
  };
  const isLeftBehind = (message: EvaluationMessage): boolean =>
    message.kind === 'evaluate' && !groups.some(({ name }) => name === message.group);

  return async (messages) => {
    const ours = messages.filter((message) => !isLeftBehind(message));
    const [evaluated, ...left] = await Promise.all([
      evaluateGroups(evaluation, ours),
      ...messages.map((message) =>
        message.kind === 'evaluate' && isLeftBehind(message)
          ? letGoGroup(ports, message.group)
          : undefined,
      ),
    ]);
    return messages.map(
      (message, index) => left[index] ?? evaluated[ours.indexOf(message)] ?? done,
    );
  };
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
