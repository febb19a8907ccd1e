import type { AlarmEvent } from '../domain/alarm.ts';
import { type Disposition, done } from '../domain/disposition.ts';
import type { EvaluationRequest } from '../domain/evaluation-request.ts';
import type { TakeNote } from '../domain/note.ts';
import { asError } from './ledger.ts';

/** What asks for an evaluation: an alarm that changed its state, or the sweep. */
export type EvaluationMessage = AlarmEvent | EvaluationRequest;

export type Evaluation<G, O> = Readonly<{
  /** The groups that a message is about; none for an event that is not ours. */
  groupsOf: (message: EvaluationMessage) => readonly G[];
  observe: (groups: readonly G[]) => Promise<readonly O[]>;
  /** Gets the messages that prompted it. */
  evaluate: (observation: O, prompts: readonly EvaluationMessage[]) => Promise<Disposition>;
  note: TakeNote;
}>;

/**
 * Coalesces a batch: each group is observed and evaluated once, groups side by side, and every
 * message ends as the worst of its groups. A group that fails harms no other.
 */
export const evaluateGroups =
  <G extends Readonly<{ name: string }>, O extends Readonly<{ group: G }>>(
    evaluation: Evaluation<G, O>,
  ) =>
  async (messages: readonly EvaluationMessage[]): Promise<readonly Disposition[]> => {
    const pairs = messages.map((message) => ({ message, groups: evaluation.groupsOf(message) }));
    for (const { message, groups } of pairs) {
      if (groups.length === 0) evaluation.note(ignored(message));
    }

    const groups = [...new Set(pairs.flatMap((pair) => pair.groups))];
    const observations = groups.length === 0 ? [] : await evaluation.observe(groups);
    const promptsOf = ({ name }: G) =>
      pairs.filter((pair) => pair.groups.some((group) => group.name === name));
    const dispositions = await Promise.all(
      observations.map(async (observation) => {
        const prompts = promptsOf(observation.group).map(({ message }) => message);
        return [observation.group.name, await attempt(evaluation, observation, prompts)] as const;
      }),
    );

    const byGroup = new Map(dispositions);
    return pairs.map((pair) => worst(pair.groups.map(({ name }) => byGroup.get(name) ?? done)));
  };

const attempt = async <G extends Readonly<{ name: string }>, O extends Readonly<{ group: G }>>(
  { evaluate, note }: Evaluation<G, O>,
  observation: O,
  prompts: readonly EvaluationMessage[],
): Promise<Disposition> => {
  try {
    return await evaluate(observation, prompts);
  } catch (thrown) {
    const error = asError(thrown);
    note({ kind: 'evaluation-failed', group: observation.group.name, error });
    return { kind: 'retry', error };
  }
};

const worst = (dispositions: readonly Disposition[]): Disposition =>
  dispositions.find(({ kind }) => kind === 'retry') ?? done;

const ignored = (message: EvaluationMessage) =>
  message.kind === 'alarm'
    ? ({ kind: 'ignored', subject: message.name, detail: 'no rule is bound to this alarm' } as const)
    : ({ kind: 'ignored', subject: message.group, detail: 'no such group is configured' } as const);
