import { asError } from '#domain/basics/as-error.ts';
import { FEW, type QueueBatch } from '#domain/lane/batch.ts';
import { type Disposition, done, isEnded } from '#domain/lane/disposition.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import { type Damaged, isDamaged, isUnseen, type Unseen } from '#domain/lane/unreadable-group.ts';
import type { SeenAlarm } from '#domain/ledger/group-look.ts';
import { type EvaluationMessage, ignored } from '#domain/sweep/evaluation-message.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Answering, AskedMessage } from './answer-by-looks.ts';
import { type ReadAgain, readAgainTogether } from './read-again.ts';

type NamedGroup = Readonly<{ name: string }>;
type OfGroup = Readonly<{ group: NamedGroup; now: Instant }>;

export type Evaluation<G extends NamedGroup, O extends OfGroup> = Readonly<{
  /** The groups that a message is about; none for an event that is not ours. */
  groupsOf: (message: EvaluationMessage) => readonly G[];
  observe: (groups: readonly G[]) => Promise<readonly (O | Unseen<G>)[]>;
  /** Gets the messages that prompted it, and the way to read its group anew. */
  evaluate: (
    observation: O,
    prompts: readonly EvaluationMessage[],
    readAgain: ReadAgain<G, O>,
  ) => Promise<Disposition>;
  /** Tells people of a group whose memory cannot be read. */
  tellDamage: (damaged: Damaged<G>) => Promise<void>;
  /** Present when a look answers messages that have not been received yet. */
  answering?: Answering &
    Readonly<{
      alarmsIn: (observation: O, prompts: readonly EvaluationMessage[]) => readonly SeenAlarm[];
    }>;
  note: TakeNote;
  now: () => Instant;
}>;

/**
 * Coalesces messages: each group is observed and evaluated once, groups side by side, and every message ends as the
 * worst of its groups. Messages that looks of before have answered end at once. A group that fails harms no other.
 */
export const evaluateGroups = async <G extends NamedGroup, O extends OfGroup>(
  evaluation: Evaluation<G, O>,
  messages: readonly EvaluationMessage[],
  batch: QueueBatch<EvaluationMessage> = FEW,
): Promise<readonly Disposition[]> => {
  const { groupsOf, note, now, answering } = evaluation;
  const asked = messages.map((message) => ({ message, groups: groupsOf(message) }));
  for (const { message, groups } of asked) if (groups.length === 0) note(ignored(message));
  const { answered, ...before } = (await answering?.find(asked, batch)) ?? NOTHING_KNOWN;
  const began = now();
  const ends = await evaluateEach(
    evaluation,
    asked.filter((each) => !answered.has(each)),
  );
  if (answering !== undefined) {
    const looks = [...ends].flatMap(([group, { disposition, observation, prompts }]) =>
      observation !== undefined && isEnded(disposition)
        ? [{ group, began, prompts, alarms: answering.alarmsIn(observation, prompts) }]
        : [],
    );
    await answering.keep(looks, before);
  }
  return asked.map((each) => (answered.has(each) ? done : endOf(each, ends)));
};

/** Without memory of looks nothing is answered. */
const NOTHING_KNOWN = { answered: new Set<unknown>(), known: new Map(), isStorm: false };

/** The end of the evaluation of one group. */
type EndedEvaluation<O> = Readonly<{
  disposition: Disposition;
  prompts: readonly EvaluationMessage[];
  /** Absent when the group could not be seen. */
  observation?: O;
}>;

/** Evaluates each of the groups once, side by side; the answer is by their names. */
const evaluateEach = async <G extends NamedGroup, O extends OfGroup>(
  evaluation: Evaluation<G, O>,
  asked: readonly AskedMessage<G>[],
): Promise<ReadonlyMap<string, EndedEvaluation<O>>> => {
  const groups = [...new Set(asked.flatMap((each) => each.groups))];
  if (groups.length === 0) return new Map();

  const prompts = promptsOf(asked);
  const observations = await evaluation.observe(groups);
  const { readAgain, ended } = readAgainTogether(evaluation.observe, observations.length);
  const evaluateOne = async (
    seen: O | Unseen<G>,
  ): Promise<readonly [string, EndedEvaluation<O>]> => {
    const { name } = seen.group;
    const promptedBy = prompts.get(name) ?? [];
    try {
      if (isUnseen(seen)) {
        return [name, { disposition: await endUnseen(evaluation, seen), prompts: promptedBy }];
      }
      const disposition = await evaluation.evaluate(seen, promptedBy, readAgain);
      return [name, { disposition, prompts: promptedBy, observation: seen }];
    } catch (thrown) {
      const error = asError(thrown);
      evaluation.note({ kind: 'evaluation-failed', group: name, error });
      return [name, { disposition: { kind: 'retry', error }, prompts: promptedBy }];
    } finally {
      ended();
    }
  };
  return new Map(await Promise.all(observations.map(evaluateOne)));
};

/** The messages that are about each group, by its name. */
const promptsOf = (
  asked: readonly AskedMessage<NamedGroup>[],
): ReadonlyMap<string, readonly EvaluationMessage[]> => {
  const prompts = new Map<string, EvaluationMessage[]>();
  for (const { message, groups } of asked) {
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
): Promise<Disposition> => {
  const { group, error } = unseen;
  note({ kind: 'evaluation-failed', group: group.name, error });
  if (isDamaged(unseen)) {
    await tellDamage(unseen).catch((thrown: unknown) =>
      note({ kind: 'telling-failed', decisionId: group.name, error: asError(thrown) }),
    );
  }
  return { kind: 'retry', error };
};

/** Ends a message as the worst of its groups; one that is about none is done. */
const endOf = (
  { groups }: AskedMessage<NamedGroup>,
  ends: ReadonlyMap<string, Readonly<{ disposition: Disposition }>>,
): Disposition => worst(groups.map(({ name }) => ends.get(name)?.disposition ?? done));

/** Picks the worst end: a failure is tried longer than a message that only has to wait. */
const worst = (dispositions: readonly Disposition[]): Disposition => {
  const retries = dispositions.flatMap((each) => (each.kind === 'retry' ? [each] : []));
  return retries.find(({ isExpected }) => !isExpected) ?? retries[0] ?? done;
};
