import type { Place } from '#cli/output/place.ts';
import { asError } from '#domain/basics/as-error.ts';
import { tidegateCommand } from '#domain/basics/whereabouts.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { Reads } from '../terminal.ts';

/** A report lists the newest of them; nobody reads more. */
const MOST = 100;

/** The decisions on a group in a time, the oldest first; or the reason why they cannot be read. */
export type Meanwhile = Readonly<{ decisions: readonly RecordedDecision[]; trouble?: string }>;

/** Reads the decisions on a group in a time. It never throws: what a drill has seen so far must not be lost. */
export const decisionsBetween = async (
  { listDecisions }: Pick<Reads, 'listDecisions'>,
  group: string,
  { since, until }: Readonly<{ since: Instant; until: Instant }>,
): Promise<Meanwhile> => {
  try {
    const newest = await listDecisions({ group, since, until, most: MOST });
    return { decisions: newest.toReversed() };
  } catch (thrown) {
    return { decisions: [], trouble: asError(thrown).message };
  }
};

/** The first of them by which the capacity of the group was changed. */
export const firstChangeIn = ({ decisions }: Meanwhile): RecordedDecision | undefined =>
  decisions.find(({ status, outcome }) => status === 'applied' && outcome?.kind === 'scaled');

/** Each decision on a line, with its id; and the command that tells one of them as a story. */
export const describeDecisions = (
  { decisions, trouble }: Meanwhile,
  { group, place }: Readonly<{ group: string; place: Place }>,
): readonly string[] => {
  if (trouble !== undefined) return [`The decisions meanwhile cannot be read: ${trouble}`];
  if (decisions.length === 0) return ['Tidegate decided nothing new meanwhile.'];
  const width = Math.max(...decisions.map(({ id }) => id.length));
  return [
    'Tidegate decided meanwhile:',
    ...decisions.map(({ at, id, status, reason, summary, outcome }) => {
      const time = new Date(at).toISOString().slice(11, 19);
      return `  ${time}  ${id.padEnd(width)}  ${status.padEnd(10)}  ${outcome?.summary ?? summary} (${outcome?.reason ?? reason})`;
    }),
    `  one of them as a story: ${tidegateCommand(`why ${group} ${decisions.at(-1)?.id}`, place)}`,
  ];
};

/** The time since the begin of a drill, as its lines begin: `1:05`. */
export const clockSince = (startedAt: Instant, now: Instant): string => {
  const seconds = Math.max(0, Math.floor((now - startedAt) / SECOND_MS));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};
