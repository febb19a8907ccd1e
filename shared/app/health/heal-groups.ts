import { type Evaluation, evaluateGroups } from '#app/lane/evaluate-groups.ts';
import { beside, findMembers, withoutMembers } from '#app/lane/members-of-messages.ts';
import { asError } from '#domain/basics/as-error.ts';
import { waitForAll } from '#domain/basics/wait-for-all.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { hasHealth } from '#domain/configuration/fleet.ts';
import {
  type HealedGroup,
  type HealthObservation,
  isHealed,
} from '#domain/health/health-observation.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import { outcomeOfDamage } from '#domain/lane/unreadable-group.ts';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import { type GroupIndex, groupsAbout, indexGroups } from '#domain/sweep/group-index.ts';
import { healGroup } from './heal-group.ts';
import { observeHealth } from './observe-health.ts';
import type { HealPorts } from './ports.ts';
import { returnLeftBehind } from './return-left-behind.ts';

/** Evaluates the targets of every group that the messages name, each once. */
export const healGroups = (
  ports: HealPorts,
): ((messages: readonly EvaluationMessage[]) => Promise<readonly Disposition[]>) => {
  const observe = (healed: readonly HealedGroup[]) => observeHealth(ports, healed);
  const configuration = withHealedFleets(ports.configuration);
  const memberPorts = { configuration, readMemberships: ports.readMemberships };
  const named = indexHealed(configuration.groups);
  const evaluation: Omit<Evaluation<HealedGroup, HealthObservation>, 'groupsOf'> = {
    observe,
    evaluate: (observation, _prompts, readAgain) =>
      healGroup(ports, observation, ({ group }) => readAgain(group)),
    tellDamage: (group) => ports.publish(outcomeOfDamage(group, 'health', ports.now())),
    note: ports.note,
    now: ports.now,
  };

  const evaluate = async (
    messages: readonly EvaluationMessage[],
    members: readonly Group[],
  ): Promise<readonly Disposition[]> => {
    const index = members.length === 0 ? named : beside(named, indexHealed(members));
    const isLeftBehind = (message: EvaluationMessage): boolean =>
      message.kind === 'evaluate' && index.named(message.group) === undefined;
    const ours = messages.filter((message) => !isLeftBehind(message));
    const groupsOf = (message: EvaluationMessage) => groupsAbout(index, message);
    const [evaluated, ...left] = await waitForAll([
      evaluateGroups({ ...evaluation, groupsOf }, ours),
      ...messages.map((message) =>
        message.kind === 'evaluate' && isLeftBehind(message)
          ? returnLeftBehind(ports, message.group)
          : undefined,
      ),
    ]);
    return messages.map(
      (message, index) => left[index] ?? evaluated[ours.indexOf(message)] ?? done,
    );
  };

  return async (messages) => {
    const asked = messages.flatMap((message) => (message.kind === 'evaluate' ? [message] : []));
    const members = await findMembers(memberPorts, asked).catch(asError);
    if (!(members instanceof Error)) return evaluate(messages, members);
    // Whoever may be a member is not let go for want of an answer.
    return withoutMembers(configuration, messages, {
      evaluate: (ofNamed) => evaluate(ofNamed, []),
      error: members,
    });
  };
};

/** Only members of these are asked for: where no fleet has health, nothing is read of members. */
const withHealedFleets = ({ groups, fleets = [] }: Configuration) => ({
  groups,
  fleets: fleets.filter(hasHealth),
});

/** The healed ones among groups. No alarm tells of members, so they are bound to none. */
const indexHealed = (groups: readonly Group[]): GroupIndex<HealedGroup> =>
  indexGroups(groups.filter(isHealed), ({ health }) => health.watched.map(({ alarm }) => alarm));
