import { asError } from '#domain/basics/as-error.ts';
import type { QueueBatch } from '#domain/lane/batch.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import type { GroupLook, SeenAlarm } from '#domain/ledger/group-look.ts';
import { isAnswered, isStorm, nextLook } from '#domain/sweep/already-answered.ts';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import type { Instant } from '#domain/time/instant.ts';

/** The ways to the looks that all environments remember together, by the names of groups. */
export type KeptLooks = Readonly<{
  /** Reads the newest looks. They may be a second old: an older one answers less. Groups without one are absent. */
  read: (groups: readonly string[]) => Promise<ReadonlyMap<string, GroupLook>>;
  write: (looks: ReadonlyMap<string, GroupLook>) => Promise<void>;
}>;

/** A message, and the groups that it is about. */
export type AskedMessage<G> = Readonly<{ message: EvaluationMessage; groups: readonly G[] }>;

/** A look that came to its end, with the messages that prompted it. */
export type EndedLook = Readonly<{
  group: string;
  began: Instant;
  prompts: readonly EvaluationMessage[];
  alarms: readonly SeenAlarm[];
}>;

type KnownLooks = ReadonlyMap<string, GroupLook>;

/** The looks that were known before a batch, and whether the batch is one of a storm. */
type Before = Readonly<{ known: KnownLooks; isStorm: boolean }>;

export type Answering = Readonly<{
  /** Finds the messages that looks have answered already, and says what was known before. */
  find: <A extends AskedMessage<Readonly<{ name: string }>>>(
    asked: readonly A[],
    batch: QueueBatch<EvaluationMessage>,
  ) => Promise<Before & Readonly<{ answered: ReadonlySet<A> }>>;
  /** Remembers looks. One that is not kept is one look more, no harm. */
  keep: (ended: readonly EndedLook[], before: Before) => Promise<void>;
}>;

/**
 * Lets a look answer all messages that it makes needless. An environment remembers its own looks, which costs nothing;
 * those of all environments lie in the table, and are read and written in storms alone, so that a lone alarm waits
 * for no call more. Looks that cannot be read answer nothing.
 */
export const answerByLooks = ({
  looks,
  note,
  now,
}: Readonly<{ looks: KeptLooks; note: TakeNote; now: () => Instant }>): Answering => {
  const own = new Map<string, GroupLook>();

  const knownLooks = async (names: readonly string[], isInStorm: boolean): Promise<KnownLooks> => {
    const known = new Map(names.flatMap((name) => pair(name, own.get(name))));
    const shared = isInStorm && names.length > 0 ? await readShared({ looks, note }, names) : [];
    for (const [name, look] of shared) {
      if (look.began > (known.get(name)?.began ?? 0)) known.set(name, look);
    }
    return known;
  };

  return {
    find: async (asked, batch) => {
      const names = [...new Set(asked.flatMap(({ groups }) => groups.map(({ name }) => name)))];
      const messages = asked.map(({ message }) => message);
      const isInStorm = isStorm(messages, batch, now());
      const known = await knownLooks(names, isInStorm);
      const moment = { now: now(), isStorm: isInStorm };
      const answered = asked.filter(({ message, groups }) =>
        isAnswered({ message, groups, sentAt: batch.sentAt(message) }, known, moment),
      );
      if (answered.length > 0) {
        note({ kind: 'answered', messages: answered.length, of: asked.length });
      }
      return { answered: new Set(answered), known, isStorm: isInStorm };
    },
    keep: async (ended, { known, isStorm: isInStorm }) => {
      const next = ended.map(({ group, prompts, ...look }): readonly [string, GroupLook] => {
        const isPrompted = prompts.some(({ kind }) => kind === 'alarm');
        return [group, nextLook(known.get(group), { ...look, isPrompted })];
      });
      for (const [group, look] of next) remember(own, group, look);
      if (isInStorm && next.length > 0) await writeShared({ looks, note }, new Map(next));
    },
  };
};

const pair = (
  name: string,
  look: GroupLook | undefined,
): readonly (readonly [string, GroupLook])[] => (look === undefined ? [] : [[name, look]]);

/** An environment remembers the looks at so many groups, a few megabytes. */
const MOST_REMEMBERED = 20_000;

const remember = (own: Map<string, GroupLook>, group: string, look: GroupLook): void => {
  own.delete(group);
  own.set(group, look);
  const [oldest] = own.keys();
  if (own.size > MOST_REMEMBERED && oldest !== undefined) own.delete(oldest);
};

type SharedLooks = Readonly<{ looks: KeptLooks; note: TakeNote }>;

const readShared = async (
  { looks, note }: SharedLooks,
  names: readonly string[],
): Promise<KnownLooks> => {
  try {
    return await looks.read(names);
  } catch (thrown) {
    note({ kind: 'look-failed', group: 'the looks of before', error: asError(thrown) });
    return new Map();
  }
};

const writeShared = async ({ looks, note }: SharedLooks, next: KnownLooks): Promise<void> => {
  try {
    await looks.write(next);
  } catch (thrown) {
    note({ kind: 'look-failed', group: 'keeping looks', error: asError(thrown) });
  }
};
