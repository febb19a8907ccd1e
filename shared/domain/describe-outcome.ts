import { costOf } from './cost.ts';
import type { Field, Message } from './message.ts';
import type { Outcome } from './outcome.ts';
import type { Reason } from './reason.ts';
import type { Surroundings } from './surroundings.ts';

type Words = Pick<Message, 'title' | 'text' | 'fields'>;

/** An outcome in words: the decision's own sentence, and what else it had to reckon with. */
export const describeOutcome = (outcome: Outcome, { groups = [] }: Surroundings): Words => ({
  title: `${outcome.group} ${whatHappened(outcome)}`,
  text: outcome.summary,
  fields: [
    { name: 'Group', value: outcome.group },
    { name: 'Auto Scaling group', value: outcome.autoScalingGroup },
    { name: 'Reason', value: outcome.reason },
    ...capacityField(outcome),
    ...wishesField(outcome),
    ...boundsField(outcome),
    ...field(
      'Cost',
      costOf(
        outcome,
        groups.find(({ name }) => name === outcome.group),
      ),
    ),
    ...targetsField(outcome),
    ...holdField(outcome),
  ],
});

const whatHappened = ({ kind, reason, capacity, targets = [] }: Outcome): string => {
  switch (kind) {
    case 'scaled':
      return capacity === undefined
        ? 'was scaled'
        : `scaled ${capacity.to > capacity.from ? 'out' : 'in'} from ${capacity.from} to ${capacity.to}`;
    case 'replaced':
      return (
        HEALINGS.get(reason) ??
        `took ${targets.length} unhealthy target${targets.length === 1 ? '' : 's'} out of service`
      );
    case 'foreign':
      return 'was changed by somebody else';
    case 'flapping':
      return 'goes back and forth';
    case 'override':
      return OVERRIDES.get(reason) ?? 'has an override';
    case 'held':
      return 'was left as it is';
    case 'at-max':
      return 'is at its maximum and needs more';
    case 'blocked':
      return 'is blocked: somebody must look';
    case 'failed':
      return 'could not be changed: somebody must look';
  }
};

const HEALINGS: ReadonlyMap<Reason, string> = new Map([
  ['TargetsReturned', 'tries a target again'],
  ['InstanceQuarantined', 'put an instance aside to be looked at'],
  ['QuarantineEnded', 'ended a quarantine'],
]);

const OVERRIDES: ReadonlyMap<Reason, string> = new Map([
  ['OverrideSet', 'was taken in hand'],
  ['OverrideEnding', 'will soon be under its rules again'],
  ['OverrideEnded', 'is under its rules again'],
]);

const capacityField = ({ capacity }: Outcome): readonly Field[] =>
  capacity === undefined ? [] : [{ name: 'Capacity', value: `${capacity.from} → ${capacity.to}` }];

/** What each rule asked for: the one that was followed first, then those that were not. */
const wishesField = ({ rule, wishes = [] }: Outcome): readonly Field[] => {
  const followed = wishes.filter((wish) => wish.rule === rule);
  const others = wishes.filter((wish) => wish.rule !== rule);
  const shown = [...followed, ...others].slice(0, WISHES_SHOWN);
  const text = shown.map((wish) => `${wish.rule}: ${wish.capacity}`).join(', ');
  return field('Rules ask for', text === '' ? undefined : text);
};

const WISHES_SHOWN = 8;

const boundsField = ({ bounds }: Outcome): readonly Field[] =>
  field('Bounds', bounds && `${bounds.min} to ${bounds.max}`);

const field = (name: string, value: string | undefined): readonly Field[] =>
  value === undefined ? [] : [{ name, value }];

/** What to do when it was not right. */
const holdField = ({ kind, group }: Outcome): readonly Field[] =>
  kind === 'scaled' || kind === 'replaced'
    ? [{ name: 'To hold it', value: `npx tidegate pause ${group} --for 1h --reason "…"` }]
    : [];

/** So many targets are named; the decision in the ledger has them all. */
const TARGETS_SHOWN = 10;

const targetsField = ({ targets = [] }: Outcome): readonly Field[] => {
  if (targets.length === 0) return [];

  const more = targets.length - TARGETS_SHOWN;
  const named = targets.slice(0, TARGETS_SHOWN).join(', ');
  return [{ name: 'Targets', value: more > 0 ? `${named} and ${more} more` : named }];
};
