import { failure } from '#cli/output/failure.ts';
import type { Reads } from '#cli/terminal.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isTime, momentIn } from './time-said.ts';

/** The decision that somebody asks for, and what must be said before it. */
export type Asked = Readonly<{ decision: RecordedDecision; preface: readonly string[] }>;

type Ledger = Pick<Reads, 'listDecisions' | 'readTimeOf'>;

/** Finds the last decision, the one with an id, or the one that held at a time. Throws when there is none. */
export const findDecision = async (
  ledger: Ledger,
  { group, which }: Readonly<{ group: string; which: string }>,
  now: Instant,
): Promise<Asked> => {
  if (which === 'last') return newest(ledger, group);
  return isTime(which) ? at(ledger, { group, which }, now) : byId(ledger, group, which);
};

const newest = async ({ listDecisions }: Ledger, group: string): Promise<Asked> => {
  const [decision] = await listDecisions({ group, most: 1 });
  if (decision !== undefined) return { decision, preface: [] };
  throw nothing(`no decision on ${group} was recorded yet`);
};

const byId = async (
  { listDecisions, readTimeOf }: Ledger,
  group: string,
  id: string,
): Promise<Asked> => {
  const time = await readTimeOf(group, id);
  const found =
    time === undefined ? [] : await listDecisions({ group, since: time, until: time, most: 10 });
  const decision = found.find((each) => each.id === id);
  if (decision !== undefined) return { decision, preface: [] };
  throw nothing(
    `the ledger has no decision ${id} of ${group}; it keeps them for 30 days, and finds those of older versions by their time only`,
  );
};

const at = async (
  { listDecisions }: Ledger,
  { group, which }: Readonly<{ group: string; which: string }>,
  now: Instant,
): Promise<Asked> => {
  const { from, to } = momentIn(which, now);
  const [decision] = await listDecisions({ group, until: to, most: 1 });
  if (decision === undefined) {
    throw nothing(`no decision on ${group} was recorded at ${describeInstant(from)} or before it`);
  }
  if (decision.at >= from) return { decision, preface: [] };
  return {
    decision,
    preface: [
      `no decision was recorded at ${describeInstant(from)}: whoever looked decided the same again, or nobody had to look. The one before still held:`,
    ],
  };
};

const nothing = (message: string) => failure('unknown-name', message, 'see: tidegate history');
