import type { Configuration, Group } from '../domain/configuration.ts';
import type { Disposition } from '../domain/disposition.ts';
import type { EvaluationMessage } from '../domain/evaluation-message.ts';
import type { Observation } from '../domain/observation.ts';
import { evaluateGroups } from './evaluate-groups.ts';
import { type ObservePorts, observeGroups } from './observe-groups.ts';
import { observeOne } from './observe-one.ts';
import { type Prompt, type ScaleGroupPorts, scaleGroup } from './scale-group.ts';

export type ScalePorts = ObservePorts &
  Omit<ScaleGroupPorts, 'observeAgain'> &
  Readonly<{ configuration: Configuration }>;

/** Evaluates every group that the messages name, each once, however many messages name it. */
export const scaleGroups = (ports: ScalePorts) => {
  const observe = observeGroups(ports);
  const scale = scaleGroup({ ...ports, observeAgain: observeOne(observe) });

  return (messages: readonly EvaluationMessage[]): Promise<readonly Disposition[]> =>
    evaluateGroups<Group, Observation>({
      groupsOf: (message) => groupsOf(ports.configuration, message),
      observe,
      evaluate: (observation, prompts) => scale(observation, promptOf(prompts)),
      note: ports.note,
    })(messages);
};

const groupsOf = ({ groups }: Configuration, message: EvaluationMessage): readonly Group[] =>
  groups.filter(({ name, rules }) =>
    message.kind === 'evaluate'
      ? name === message.group
      : rules.some(({ alarm }) => alarm.name === message.name),
  );

/** The earliest change to ALARM among the messages: the moment that users count from. */
const promptOf = (messages: readonly EvaluationMessage[]): Prompt => {
  const instants = messages.flatMap((message) =>
    message.kind === 'alarm' && message.state === 'ALARM' ? [message.at] : [],
  );

  return instants.length === 0 ? {} : { alarmAt: Math.min(...instants) };
};
