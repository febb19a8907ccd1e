import { type Evaluation, evaluateGroups } from '#app/lane/evaluate-groups.ts';
import {
  type HealedGroup,
  type HealthObservation,
  isHealed,
} from '#domain/health/health-observation.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import { outcomeOfDamage } from '#domain/lane/unseen.ts';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import { groupsAbout, indexGroups } from '#domain/sweep/group-index.ts';
import { healGroup } from './heal-group.ts';
import { letGoGroup } from './let-go-group.ts';
import { observeHealth } from './observe-health.ts';
import type { HealPorts } from './ports.ts';

/** Evaluates the targets of every group that the messages name, each once. */
export const healGroups = (
  ports: HealPorts,
): ((messages: readonly EvaluationMessage[]) => Promise<readonly Disposition[]>) => {
  const observe = (healed: readonly HealedGroup[]) => observeHealth(ports, healed);
  const index = indexGroups(ports.configuration.groups.filter(isHealed), ({ health }) =>
    health.watched.map(({ alarm }) => alarm),
  );
  const evaluation: Evaluation<HealedGroup, HealthObservation> = {
    groupsOf: (message) => groupsAbout(index, message),
    observe,
    evaluate: (observation, _prompts, readAgain) =>
      healGroup(ports, observation, ({ group }) => readAgain(group)),
    tellDamage: (group) => ports.publish(outcomeOfDamage(group, 'health', ports.now())),
    note: ports.note,
    now: ports.now,
  };
  const isLeftBehind = (message: EvaluationMessage): boolean =>
    message.kind === 'evaluate' && index.named(message.group) === undefined;

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
