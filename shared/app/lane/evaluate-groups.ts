import { asError } from '#domain/basics/as-error.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import { type Damaged, isDamaged, isUnseen, type Unseen } from '#domain/lane/unseen.ts';
import { type EvaluationMessage, ignored } from '#domain/sweep/evaluation-message.ts';
import type { Instant } from '#domain/time/instant.ts';

type NamedGroup = Readonly<{ name: string }>;
type OfGroup = Readonly<{ group: NamedGroup; now: Instant }>;

export type Evaluation<G extends NamedGroup, O extends OfGroup> = Readonly<{
  /** The groups that a message is about; none for an event that is not ours. */
  groupsOf: (message: EvaluationMessage) => readonly G[];
  observe: (groups: readonly G[]) => Promise<readonly (O | Unseen<G>)[]>;
  /** Gets the messages that prompted it. */
  evaluate: (observation: O, prompts: readonly EvaluationMessage[]) => Promise<Disposition>;
  /** Tells people of a group whose memory cannot be read. */
  tellDamage: (damaged: Damaged<G>) => Promise<void>;
  note: TakeNote;
}>;

/**
 * Coalesces a batch: each group is observed and evaluated once, groups side by side, and every
 * message ends as the worst of its groups. A group that fails harms no other.
 */
export const evaluateGroups = async <G extends NamedGroup, O extends OfGroup>(
  evaluation: Evaluation<G, O>,
  messages: readonly EvaluationMessage[],
): Promise<readonly Disposition[]> => {
  const { groupsOf, observe, evaluate, note } = evaluation;
  const pairs = messages.map((message) => ({ message, groups: groupsOf(message) }));
  for (const { message, groups } of pairs) if (groups.length === 0) note(ignored(message));

  const prompts = promptsOf(pairs);
  const evaluateOne = async (
    observation: O | Unseen<G>,
  ): Promise<readonly [string, Disposition]> => {
    if (isUnseen(observation)) return endUnseen(evaluation, observation);
    const { name } = observation.group;
    try {
      return [name, await evaluate(observation, prompts.get(name) ?? [])];
    } catch (thrown) {
      const error = asError(thrown);
      note({ kind: 'evaluation-failed', group: name, error });
      return [name, { kind: 'retry', error }];
    }
  };

  const groups = [...new Set(pairs.flatMap((pair) => pair.groups))];
  const observations = groups.length === 0 ? [] : await observe(groups);
  const byGroup = new Map(await Promise.all(observations.map(evaluateOne)));
  return pairs.map((pair) => worst(pair.groups.map(({ name }) => byGroup.get(name) ?? done)));
};

type Pair = Readonly<{ message: EvaluationMessage; groups: readonly NamedGroup[] }>;

/** The messages that are about each group, by its name. */
const promptsOf = (pairs: readonly Pair[]): ReadonlyMap<string, readonly EvaluationMessage[]> => {
  const prompts = new Map<string, EvaluationMessage[]>();
  for (const { message, groups } of pairs) {
    for (const { name } of groups) {
      const known = prompts.get(name);
      if (known === undefined) prompts.set(name, [message]);
      else known.push(message);
    }
  }
  return prompts;
};

/** Whoever asked for a look at it is seen again; if that does not help, in the dead-letter queue. */
const endUnseen = async <G extends NamedGroup, O extends OfGroup>(
  { tellDamage, note }: Pick<Evaluation<G, O>, 'tellDamage' | 'note'>,
  unseen: Unseen<G>,
): Promise<readonly [string, Disposition]> => {
  const { group, error } = unseen;
  note({ kind: 'evaluation-failed', group: group.name, error });
  if (isDamaged(unseen)) {
    await tellDamage(unseen).catch((thrown: unknown) =>
      note({ kind: 'telling-failed', decisionId: group.name, error: asError(thrown) }),
    );
  }
  return [group.name, { kind: 'retry', error }];
};

/** Picks the worst end: a failure is tried longer than a message that only has to wait. */
const worst = (dispositions: readonly Disposition[]): Disposition => {
  const retries = dispositions.flatMap((each) => (each.kind === 'retry' ? [each] : []));
  return retries.find(({ isExpected }) => !isExpected) ?? retries[0] ?? done;
};
