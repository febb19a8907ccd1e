import type { ScaleHead } from '#domain/ledger/head.ts';
import { TROUBLES } from '#domain/ledger/outcome.ts';
import {
  outcomeOfRecorded,
  type RecordedDecision,
  subjectOfRecorded,
} from '#domain/ledger/recorded-decision.ts';
import { incidentOf } from '#domain/notify/incident.ts';
import type { Instant } from '#domain/time/instant.ts';

/** A change of capacity that Tidegate made. */
export type LastChange = Readonly<{
  at: Instant;
  from: number;
  to: number;
  /** The decision and its sentence; absent when the ledger has forgotten them. */
  id?: string;
  summary?: string;
}>;

/** The newest change of a group, with its sentence if it is among these decisions. */
export const lastChangeOf = (
  { lastScaleOut, lastScaleIn }: ScaleHead,
  recent: readonly RecordedDecision[],
): LastChange | undefined => {
  const change = [lastScaleOut, lastScaleIn]
    .flatMap((each) => each ?? [])
    .toSorted((a, b) => b.at - a.at)[0];
  if (change === undefined) return undefined;

  const { at, from, to } = change;
  const decision = recent.find(
    (each) =>
      each.settledAt === at && each.status !== 'held' && subjectOfRecorded(each) === 'capacity',
  );
  return {
    at,
    from,
    to,
    ...(decision === undefined ? {} : { id: decision.id, summary: decision.summary }),
  };
};

/** A decision that needed a person, or that AWS refused. */
export type LastError = Readonly<{ at: Instant; id: string; reason: string; summary: string }>;

/** The newest of these decisions (the newest first) that needed a person or was refused. */
export const lastErrorOf = (recent: readonly RecordedDecision[]): LastError | undefined => {
  const found = recent.find((each) => each.status === 'refused' || isTrouble(each));
  if (found === undefined) return undefined;
  const { at, id } = found;
  const { reason, summary } = found.outcome ?? found;
  return { at, id, reason, summary };
};

/** An incident that is open: one group and one matter, or one alarm. */
export type OpenIncident = Readonly<{ key: string; since: Instant; summary?: string }>;

/**
 * The incidents of a group that these decisions (the newest first) have opened and not closed. That AWS takes the warm
 * pool again is no decision: the head knows it.
 */
export const openIncidentsIn = (
  recent: readonly RecordedDecision[],
  { poolRefused }: Pick<ScaleHead, 'poolRefused'>,
): readonly OpenIncident[] => {
  const ended = poolRefused?.told === undefined ? ['PoolRefused'] : [];
  const changes = recent
    .flatMap(incidentsIn)
    .filter(({ phase, reason }) => phase !== 'noted' && !ended.includes(reason));
  return [...new Set(changes.map(({ key }) => key))].flatMap((key) => {
    const phases = changes.filter((each) => each.key === key);
    const closed = phases.findIndex(({ phase }) => phase === 'closed');
    const open = closed === -1 ? phases : phases.slice(0, closed);
    const [newest, first] = [open[0], open.at(-1)];
    return newest === undefined || first === undefined
      ? []
      : [{ key, since: first.each.at, summary: newest.each.summary }];
  });
};

const isTrouble = (decision: RecordedDecision): boolean => {
  const outcome = outcomeOfRecorded(decision);
  return outcome !== undefined && TROUBLES.includes(outcome.kind);
};

/** Nothing was told of what was overtaken or is in flight: it changes no incident. */
const incidentsIn = (decision: RecordedDecision) => {
  const outcome = outcomeOfRecorded(decision);
  return outcome === undefined
    ? []
    : [{ each: decision, reason: outcome.reason, ...incidentOf(outcome) }];
};
