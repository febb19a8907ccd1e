import { nameSome } from '#domain/basics/name-some.ts';
import {
  describeWhereabouts,
  shellWord,
  tidegateCommand,
  type Whereabouts,
} from '#domain/basics/whereabouts.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { keyOfDecision } from '#domain/ledger/decision-key.ts';
import type { Outcome, OutcomeKind } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { commandOf, remedyOf } from '#domain/ledger/remedies.ts';
import { costOf } from './cost.ts';
import type { Field, MessageWords } from './message.ts';
import type { MessageContext } from './message-context.ts';

/** An outcome in words: the decision's own sentence, where it was made, what else it had to reckon with, and what to do. */
export const describeOutcome = (outcome: Outcome, context: MessageContext): MessageWords => {
  const group = context.groups?.find(({ name }) => name === outcome.group);
  return {
    title: `${outcome.group} ${whatHappened(outcome)}`,
    text: outcome.summary,
    fields: [
      ...field('Where', describeWhereabouts(context)),
      { name: 'Group', value: outcome.group },
      { name: 'Auto Scaling group', value: outcome.autoScalingGroup },
      { name: 'Reason', value: outcome.reason },
      ...remedyFields(outcome, context),
      ...capacityField(outcome),
      ...wishesField(outcome, group),
      ...boundsField(outcome),
      ...field('Cost', costOf(outcome, group)),
      ...targetsField(outcome),
      ...droppedField(outcome),
      ...holdField(outcome, context),
      ...resumeField(outcome, context),
      ...field('To read the decision', decisionCommand(outcome, context)),
    ],
  };
};

const whatHappened = ({ kind, reason, capacity, targets = [] }: Outcome): string => {
  switch (kind) {
    case 'scaled':
      return describeScaling(capacity);
    case 'replaced':
      return (
        HEALINGS.get(reason) ??
        `took ${targets.length} unhealthy target${targets.length === 1 ? '' : 's'} out of service`
      );
    case 'membership':
      return MEMBERSHIPS.get(reason) ?? 'changed its fleet';
    case 'override':
      return OVERRIDES.get(reason) ?? 'has an override';
    case 'foreign':
    case 'flapping':
    case 'held':
    case 'at-max':
    case 'blocked':
    case 'failed':
      return PLAIN[kind];
  }
};

const describeScaling = (capacity: Outcome['capacity']): string =>
  capacity === undefined
    ? 'was scaled'
    : `scaled ${capacity.to > capacity.from ? 'out' : 'in'} from ${capacity.from} to ${capacity.to}`;

/** Kinds that say the same whatever came of them. */
const PLAIN: Readonly<
  Record<Exclude<OutcomeKind, 'scaled' | 'replaced' | 'membership' | 'override'>, string>
> = {
  foreign: 'was changed by somebody else',
  flapping: 'goes back and forth',
  held: 'was left as it is',
  'at-max': 'is at its maximum and needs more',
  blocked: 'is blocked: somebody must look',
  failed: 'could not be changed: somebody must look',
};

const HEALINGS: ReadonlyMap<Reason, string> = new Map([
  ['TargetsReturned', 'tries a target again'],
  ['InstanceQuarantined', 'put an instance aside to be looked at'],
  ['QuarantineEnded', 'ended a quarantine'],
]);

const MEMBERSHIPS: ReadonlyMap<Reason, string> = new Map([
  ['JoinedFleet', 'joined its fleet'],
  ['LeftFleet', 'left its fleet'],
  ['FleetsContested', 'is selected by several fleets, and belongs to none'],
]);

const OVERRIDES: ReadonlyMap<Reason, string> = new Map([
  ['OverrideSet', 'was taken in hand'],
  ['OverrideEnding', 'will soon be under its rules again'],
  ['OverrideEnded', 'is under its rules again'],
  ['StandbyBegan', 'stands in for another group'],
  ['StandbyEnded', 'stands in for another group no longer'],
]);

const capacityField = ({ capacity }: Outcome): readonly Field[] =>
  capacity === undefined ? [] : [{ name: 'Capacity', value: `${capacity.from} → ${capacity.to}` }];

/**
 * The field of what each rule asked for: the one that was followed first, then those that were not, then those that
 * had no recommendation. Older messages do not say it, and what is done about targets no rule asks for.
 */
const wishesField = ({ rule, wishes }: Outcome, group: Group | undefined): readonly Field[] => {
  if (wishes === undefined) return [];

  const followed = wishes.filter((wish) => wish.rule === rule);
  const others = wishes.filter((wish) => wish.rule !== rule);
  const asked = [...followed, ...others].map((wish) => `${wish.rule}: ${wish.capacity}`);
  const silent = (group?.rules ?? [])
    .filter(({ name, isShadow }) => !isShadow && !wishes.some((wish) => wish.rule === name))
    .map(({ name }) => name);
  const parts = [
    listed(asked),
    silent.length === 0
      ? ''
      : `${asked.length === 0 ? 'nothing' : 'nothing from'}: ${listed(silent)}`,
  ];
  const text = parts.filter((part) => part !== '').join('; ');
  return field('Rules ask for', text === '' ? 'nothing' : text);
};

const listed = (names: readonly string[]): string => {
  const more = names.length - RULES_SHOWN;
  const shown = names.slice(0, RULES_SHOWN).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
};

const RULES_SHOWN = 8;

const boundsField = ({ bounds }: Outcome): readonly Field[] =>
  field('Bounds', bounds && `${bounds.min} to ${bounds.max}`);

const field = (name: string, value: string | undefined): readonly Field[] =>
  value === undefined ? [] : [{ name, value }];

/** The step for a person, if it does not go away by itself. */
const remedyFields = (outcome: Outcome, where: Whereabouts): readonly Field[] => {
  const remedy = remedyOf(outcome.reason);
  return remedy === undefined
    ? []
    : [
        { name: 'What to do', value: remedy.step },
        ...field('What helps', commandOf(remedy, outcome, where)),
      ];
};

/** The command that undoes it when it was not right. */
const holdField = ({ kind, group }: Outcome, where: Whereabouts): readonly Field[] =>
  kind === 'scaled' || kind === 'replaced'
    ? [
        {
          name: 'To hold it',
          value: tidegateCommand(`pause ${group} --for 1h --reason "…"`, where),
        },
      ]
    : [];

/** The command that ends an override before its time. */
const resumeField = ({ reason, group }: Outcome, where: Whereabouts): readonly Field[] =>
  reason === 'OverrideSet' || reason === 'OverrideEnding'
    ? [{ name: 'To end it', value: tidegateCommand(`resume ${shellWord(group)}`, where) }]
    : [];

/** The record that a decision left in the ledger, as `tidegate decide` takes it. */
const decisionCommand = (outcome: Outcome, where: MessageContext): string | undefined => {
  if (where.stage === undefined || keyOfDecision(outcome) === undefined) return undefined;
  const { group, decisionId } = outcome;
  return tidegateCommand(`why ${shellWord(group)} ${shellWord(decisionId)}`, where);
};

const targetsField = ({ targets = [] }: Outcome): readonly Field[] =>
  field('Targets', targets.length === 0 ? undefined : nameSome(targets));

const droppedField = ({ droppedBefore }: Outcome): readonly Field[] =>
  field(
    'Not told',
    droppedBefore === undefined
      ? undefined
      : `${droppedBefore} earlier outcomes of the group; the ledger has them`,
  );
