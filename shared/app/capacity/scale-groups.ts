import { answerByLooks } from '#app/lane/answer-by-looks.ts';
import { type Evaluation, evaluateGroups } from '#app/lane/evaluate-groups.ts';
import { beside, findMembers, withoutMembers } from '#app/lane/members-of-messages.ts';
import { asError } from '#domain/basics/as-error.ts';
import { type Observation, seenAlarms } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { FEW, type QueueBatch } from '#domain/lane/batch.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import { outcomeOfDamage } from '#domain/lane/unreadable-group.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import { type EvaluationMessage, notifiedAlarmsIn } from '#domain/sweep/evaluation-message.ts';
import { groupsAbout, indexByRules, subjectOf } from '#domain/sweep/group-index.ts';
import { observeGroups } from './observe-groups.ts';
import type { ScalePorts } from './ports.ts';
import { scaleGroup } from './scale-group.ts';
import { changeTurns } from './turns-after-throttling.ts';

/** Evaluates every group that the messages name, each once, however many messages name it. */
export const scaleGroups = (
  ports: ScalePorts,
): ((
  messages: readonly EvaluationMessage[],
  batch?: QueueBatch<EvaluationMessage>,
) => Promise<readonly Disposition[]>) => {
  const observe = (groups: readonly Group[]) => observeGroups(ports, groups);
  const inTurn = withTurns(ports);
  const evaluation: Omit<Evaluation<Group, Observation>, 'groupsOf'> = {
    observe,
    evaluate: (observation, prompts, readAgain) => {
      const hears = hearing(prompts);
      return scaleGroup(inTurn, hears(observation), async ({ group }) =>
        hears(await readAgain(group)),
      );
    },
    tellDamage: (group) => ports.publish(outcomeOfDamage(group, 'capacity', ports.now())),
    answering: {
      ...answerByLooks(ports),
      alarmsIn: (observation, prompts) => seenAlarms(hearing(prompts)(observation)),
    },
    note: ports.note,
    now: ports.now,
  };

  const evaluate = (
    messages: readonly EvaluationMessage[],
    members: readonly Group[],
    batch: QueueBatch<EvaluationMessage>,
  ): Promise<readonly Disposition[]> => {
    const index = members.length === 0 ? ports.groups : beside(ports.groups, indexByRules(members));
    const groupsOf = (message: EvaluationMessage) => groupsAbout(index, message);
    return evaluateGroups({ ...evaluation, groupsOf }, messages, batch);
  };

  return async (messages, batch = FEW) => {
    try {
      const members = await findMembers(ports.members, messages.map(subjectOf));
      return await evaluate(messages, members, batch);
    } catch (thrown) {
      const evaluateNamed = (ofNamed: readonly EvaluationMessage[]) => evaluate(ofNamed, [], batch);
      const { configuration } = ports.members;
      return withoutMembers(configuration, messages, {
        evaluate: evaluateNamed,
        error: asError(thrown),
      });
    }
  };
};

/** Lets the changes of an environment wait for their turns. */
const withTurns = (ports: ScalePorts) => {
  const turns = changeTurns(ports.now);
  return {
    ...ports,
    turns,
    setCapacity: async (autoScalingGroup: string, capacity: number): Promise<Answer> => {
      const answer = await ports.setCapacity(autoScalingGroup, capacity);
      turns.hear(answer);
      return answer;
    },
  };
};

/** Tells an observation which alarms prompted it. */
const hearing = (prompts: readonly EvaluationMessage[]) => {
  const heard = prompts.flatMap(notifiedAlarmsIn);
  return (observation: Observation): Observation => ({ ...observation, heard });
};
