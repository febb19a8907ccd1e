import type { NotifiedAlarm } from '#domain/capacity/observation.ts';
import { signatureOfAction } from '#domain/capacity/says-more.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { Answer, Outcome, Unfinished } from '#domain/ledger/outcome.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import { withUntold } from '#domain/ledger/untold.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { LanePorts } from './ports.ts';
import { tell } from './tell.ts';

export type Planned<H extends Head, D extends Decision> = Readonly<{
  /** The head in which the decision is in flight. */
  planned: H;
  decision: D;
  /** The head once the decision is out of flight. */
  settled: (planned: H, outcome: Outcome | 'superseded', at: Instant) => H;
  /** True for a refusal that people were told before, besides the one that was recorded last. */
  isKnown?: (outcome: Outcome) => boolean;
  /** The end of other trouble that came along with it. */
  alsoEnded?: (at: Instant) => readonly Outcome[];
  /** The alarms that prompted the decision: users count the time from the earliest. */
  notifiedAlarms?: readonly NotifiedAlarm[];
}>;

/** Tells the outcome of a planned decision and takes it out of flight. */
export const settle = async <H extends Head, D extends Decision>(
  ports: LanePorts<H>,
  plan: Planned<H, D>,
  answer: Answer | Unfinished,
): Promise<void> => {
  const { planned, decision, settled, notifiedAlarms = [] } = plan;
  const settledAt = ports.now();
  const outcome = outcomeOfAction(decision, answer);
  const alarmAt = Math.min(...notifiedAlarms.map(({ at }) => at));
  const sinceAlarm = notifiedAlarms.length === 0 ? {} : { sinceAlarmMs: settledAt - alarmAt };
  ports.note({ kind: 'settled', decision, outcome, ...sinceAlarm });

  const isTold = answer.kind === 'applied' || !isRepeated(plan, outcome);
  const ended = plan.alsoEnded?.(settledAt) ?? [];
  const untold = [...planned.untold, ...(isTold ? [outcome] : []), ...ended];
  const rest = await tell(ports, { ...planned, untold });
  const head = withUntold(settled(planned, outcome, settledAt), rest);
  const status = answer.kind === 'applied' ? 'applied' : 'refused';

  // A lost write means that another invocation found the decision and settled it meanwhile.
  await ports.ledger.write(decision.group, head, {
    kind: 'close',
    status,
    decision,
    settledAt,
    outcome,
    ...(isTold ? {} : { goesOn: true as const }),
  });
};

const isRepeated = <H extends Head, D extends Decision>(
  { planned, decision, isKnown }: Planned<H, D>,
  outcome: Outcome,
): boolean =>
  planned.last?.signature === signatureOfAction(decision, outcome) || isKnown?.(outcome) === true;

/** Takes a decision out of flight that the world has overtaken. Nobody is told: nothing was done. */
export const supersede = async <H extends Head, D extends Decision>(
  ports: LanePorts<H>,
  { planned, decision, settled }: Planned<H, D>,
): Promise<void> => {
  const settledAt = ports.now();
  await ports.ledger.write(decision.group, settled(planned, 'superseded', settledAt), {
    kind: 'close',
    status: 'superseded',
    decision,
    settledAt,
  });
};
