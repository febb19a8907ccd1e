import { IN_FLIGHT_MS } from '#domain/capacity/decide-recovery.ts';
import { backoffSeconds } from '#domain/ledger/backoff.ts';
import type { Registration } from '#domain/ledger/decision.ts';
import type { HealHead, Probation, Quarantined } from '#domain/ledger/head.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { registerCommand } from '#domain/ledger/register-command.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { keyOfRegistration } from './health-observation.ts';
import { registrationOf } from './probation.ts';

/** The index of the table that holds only heads with which somebody must still do something. */
export const OPEN_HEADS_INDEX = 'open-heads';

/** True of a head with which somebody must still do something: such a head is found without its group. */
export const hasLeftovers = (head: HealHead): boolean =>
  head.untold.length > 0 || !isEmpty(leftBehind(head));

/** Targets and instances that would stay out for ever if their group were forgotten. */
export type LeftBehind = Readonly<{
  registrations: readonly Registration[];
  quarantined?: Quarantined;
}>;

export const leftBehind = ({ inFlight, probations, quarantined }: HealHead): LeftBehind => {
  const known = Object.values(probations).filter(({ returnedAt }) => returnedAt === undefined);
  const planned = (inFlight?.decision.removals ?? []).filter(({ standby }) => !standby);
  const { returned } = inFlight?.decision ?? {};
  const returning = returned === undefined ? [] : [returned];
  const byKey = new Map(
    [...known, ...planned, ...returning].map((each) => [
      keyOfRegistration(each),
      registrationOf(each),
    ]),
  );
  const aside = quarantined ?? plannedAside(inFlight);
  return {
    registrations: [...byKey.values()],
    ...(aside === undefined ? {} : { quarantined: aside }),
  };
};

/** The instance that a plan in flight puts aside: nobody knows yet whether AWS did it. */
const plannedAside = (inFlight: HealHead['inFlight']): Quarantined | undefined => {
  if (inFlight === undefined) return undefined;
  const { decision, claimedAt } = inFlight;
  const leaving = decision.removals.find(({ standby }) => standby !== undefined);
  if (leaving?.standby === undefined || leaving.instanceId === undefined) return undefined;
  return {
    instanceId: leaving.instanceId,
    since: claimedAt,
    until: claimedAt + leaving.standby.seconds * SECOND_MS,
    autoScalingGroup: decision.autoScalingGroup,
  };
};

export const isEmpty = ({ registrations, quarantined }: LeftBehind): boolean =>
  registrations.length === 0 && quarantined === undefined;

/** False while somebody is at work on a plan, and while the next attempt is put off. */
export const isTimeToReturn = ({ inFlight, letGo }: HealHead, now: Instant): boolean =>
  (inFlight === undefined || now - inFlight.claimedAt >= IN_FLIGHT_MS) &&
  (letGo === undefined || now >= letGo.until);

/** The result of putting back what a group without `health` has left behind. */
export type ReturnAttempt = Readonly<{
  back: readonly Registration[];
  /** Those that AWS did not register, and what it answered. */
  stuck: readonly Readonly<{ registration: Registration; detail: string }>[];
  /** The instance that still stands by. */
  aside?: Quarantined;
}>;

/** After so many attempts, in about a week, what is left is forgotten: people were told each time. */
const MAX_ATTEMPTS = 10;
/** Nobody but a person can help now, so the first wait is an hour. */
const FIRST_WAIT = 3;

/** The head after the attempt, which remembers what is still out. */
export const headAfterReturn = (
  head: HealHead,
  { stuck, aside }: ReturnAttempt,
  at: Instant,
): HealHead => {
  const { inFlight: _plan, quarantined: _before, letGo, waitingSince: _since, ...rest } = head;
  const attempts = (letGo?.attempts ?? 0) + 1;
  const isOver = attempts >= MAX_ATTEMPTS || (stuck.length === 0 && aside === undefined);
  const next = { ...rest, version: head.version + 1, sightings: {}, probations: {} };
  if (isOver) return next;

  const until = at + backoffSeconds(attempts - 1 + FIRST_WAIT) * SECOND_MS;
  return {
    ...next,
    probations: Object.fromEntries(
      stuck.map(({ registration, detail }) => {
        const key = keyOfRegistration(registration);
        return [key, probationOf(head.probations[key], registration, { detail, at })];
      }),
    ),
    ...(aside === undefined ? {} : { quarantined: aside }),
    letGo: { until, attempts },
  };
};

/** Should `health` come back, the target is put back as one whose removal could not be finished. */
const probationOf = (
  before: Probation | undefined,
  registration: Registration,
  { detail, at }: Readonly<{ detail: string; at: Instant }>,
): Probation => before ?? { ...registration, seconds: 3_600, until: at, unfinished: detail };

/** Tells people the result, with the commands that do by hand what is left. */
export const outcomeOfReturn = (
  { group, head, at }: Readonly<{ group: string; head: HealHead; at: Instant }>,
  { back, stuck, aside }: ReturnAttempt,
): Outcome => {
  const isOver = stuck.length === 0 && aside === undefined;
  const autoScalingGroup =
    aside?.autoScalingGroup ?? head.inFlight?.decision.autoScalingGroup ?? group;
  const parts = [
    ...(back.length === 0 && isOver ? ['nobody is out of service'] : []),
    ...back.map(({ targetId, port }) => `${targetId}:${port} is in service again or gone`),
    ...stuck.map(
      ({ registration, detail }) =>
        `${registration.targetId}:${registration.port} is out of service and could not be registered (${detail}); put it back: ${registerCommand(registration)}`,
    ),
    ...(aside === undefined
      ? []
      : [
          `${aside.instanceId} stands by; put it back: aws autoscaling exit-standby --instance-ids ${aside.instanceId} --auto-scaling-group-name ${autoScalingGroup}, or end it: aws autoscaling terminate-instance-in-auto-scaling-group --no-should-decrement-desired-capacity --instance-id ${aside.instanceId}`,
        ]),
  ];
  return {
    schemaVersion: 1,
    kind: isOver ? 'replaced' : 'blocked',
    decisionId: `${group}-health-${head.version + 1}`,
    group,
    autoScalingGroup,
    at,
    about: 'health',
    reason: isOver ? 'TargetsReturned' : 'TargetsStayOut',
    summary: `${group} is no longer healed, for its health or the group itself is not in tidegate.yml any more: ${parts.join('; ')}`,
    targets: [...back, ...stuck.map(({ registration }) => registration)].map(
      ({ targetId, port }) => `${targetId}:${port}`,
    ),
  };
};
