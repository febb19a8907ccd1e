import { changesPool, type PoolDecision, type TraceLine } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { Proposal } from './combine.ts';

/** The facts that a sentence about a decision on capacity is made of. */
export type CapacitySubject = Readonly<{
  group: string;
  from: number;
  to: number;
  proposal: Proposal;
  gates: readonly TraceLine[];
  pool?: PoolDecision | undefined;
}>;

/** The one sentence about a decision on capacity: who, from where to where, and why, with numbers. */
export const describeCapacity = (subject: CapacitySubject): string =>
  `${subject.from === subject.to ? describeHold(subject) : describeChange(subject)}${describePool(subject)}`;

/**
 * A change that the bounds ask for says so; what held a change back speaks before the rules do. A decision that only
 * sizes the warm pool says that.
 */
export const reasonForCapacity = (subject: CapacitySubject): Reason => {
  const { from, to, proposal, gates } = subject;
  if (from === to && setsPool(subject)) return 'PoolSized';
  const speaking =
    from === to ? holderIn(subject) : gates.findLast(({ reason }) => CORRECTIONS.includes(reason));

  return speaking?.reason ?? proposal.reason;
};

/** The gate that held the capacity where it was: one before it that only bent the wish would have let a part of it through. */
const holderIn = ({ from, gates }: CapacitySubject): TraceLine | undefined =>
  gates.find(({ verdict, capacity }) => verdict !== 'pass' && capacity === from);

const CORRECTIONS: readonly Reason[] = [
  ...(['BelowMinimum', 'AboveMaximum', 'Pinned', 'Restored', 'RolledBack'] as const),
];

const describeChange = ({ group, from, to, proposal, gates }: CapacitySubject): string => {
  const bend = gates.find(({ verdict }) => verdict === 'bend');
  const why = proposal.rule === undefined ? '' : `${proposal.rule}: ${proposal.detail}`;
  const because = [why, bend?.detail].filter((part) => part).join('; ');

  return `${group} ${from} → ${to}: ${because}`;
};

const describeHold = (subject: CapacitySubject): string => {
  const { group, from, proposal } = subject;
  const obstacle = holderIn(subject);
  if (obstacle === undefined || proposal.capacity === from) {
    return `${group} stays at ${from}: ${obstacle?.detail ?? proposal.detail}`;
  }

  return `${group} stays at ${from}: ${proposal.rule} asks for ${proposal.capacity}, but ${obstacle.detail}`;
};

const setsPool = ({ pool }: CapacitySubject): boolean =>
  pool !== undefined && changesPool({ pool });

const describePool = (subject: CapacitySubject): string => {
  const { pool, to } = subject;
  if (pool === undefined || !setsPool(subject)) return '';
  const before = pool.from === undefined ? '' : ` instead of ${pool.from}`;
  return `; with its warm pool it has up to ${pool.to}${before}, of which ${pool.to - to} are stopped`;
};
