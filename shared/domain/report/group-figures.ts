import type { Group } from '#domain/configuration/configuration.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import { type Outcome, TROUBLES } from '#domain/ledger/outcome.ts';
import { outcomeOfRecorded, type RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { hourlyPrice, PRICES_OF } from '#domain/notify/price-table.ts';
import type { Cost, GroupReport } from './group-report.ts';
import { hintsFor } from './hints.ts';
import { type SizeFigures, type Sizes, sizeFigures } from './sizes.ts';

export type GroupPast = Readonly<{
  group: Group;
  /** The recorded decisions of the time, in any order. */
  decisions: readonly RecordedDecision[];
  /** The sizes that the group had; absent where nobody knows. */
  sizes?: Sizes;
}>;

/** Reports what a group did in a time. Pure: the same past gives the same report. */
export const reportOn = ({ group, decisions, sizes }: GroupPast): GroupReport => {
  const ended = decisions.toSorted((a, b) => a.at - b.at).flatMap(endOf);
  const applied = ended.flatMap(({ status, outcome }) => (status === 'applied' ? [outcome] : []));
  const changes = applied.filter(isChange);
  const byRule = countBy(changes.flatMap(({ rule }) => rule ?? []));
  const figures = sizes && sizeFigures(sizes, group.capacity);
  const cost = figures && costOf(figures, group, changes);
  const facts = {
    group: group.name,
    autoScalingGroup: group.autoScalingGroup,
    changes: {
      out: changes.filter(isOut).length,
      in: changes.filter((change) => !isOut(change)).length,
    },
    reversals: reversalsIn(changes, group),
    refused: decisions.filter(({ status }) => status === 'refused').length,
    targets: applied.reduce((sum, outcome) => sum + targetsOut(outcome), 0),
    troubles: countBy(
      ended.flatMap(({ goesOn, outcome: { kind, reason } }) =>
        TROUBLES.includes(kind) && !goesOn ? reason : [],
      ),
    ),
    byRule,
    idleRules: group.rules.filter((rule) => isIdle(rule, byRule)).map(({ name }) => name),
    ...(figures === undefined ? {} : { sizes: figures }),
    ...(cost === undefined ? {} : { cost }),
  };
  return { ...facts, hints: hintsFor(facts) };
};

type Ended = Pick<RecordedDecision, 'status' | 'goesOn'> & Readonly<{ outcome: Outcome }>;

const endOf = (decision: RecordedDecision): readonly Ended[] => {
  const outcome = outcomeOfRecorded(decision);
  return outcome === undefined ? [] : [{ ...decision, outcome }];
};

type CapacityOutcome = Outcome & Required<Pick<Outcome, 'capacity'>>;

const isChange = (outcome: Outcome): outcome is CapacityOutcome => outcome.capacity !== undefined;

const isOut = ({ capacity: { from, to } }: CapacityOutcome): boolean => to > from;

/** A return to service takes nobody out. */
const targetsOut = ({ about, reason, targets = [] }: Outcome): number => {
  const isBack = reason === 'TargetsReturned' || reason === 'RemovalUndone';
  return about === 'health' && !isBack ? new Set(targets).size : 0;
};

const countBy = (names: readonly string[]): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
};

const reversalsIn = (changes: readonly CapacityOutcome[], group: Group): number => {
  const byRules = changes.filter((change) => isByRules(change, group));
  return byRules.filter((change, index) => {
    const before = byRules[index - 1];
    return before !== undefined && isOut(before) !== isOut(change);
  }).length;
};

/** Bounds, people and corrections turn nothing round, and neither does the clock. */
const isByRules = ({ reason, rule: name }: CapacityOutcome, { rules }: Group): boolean => {
  const rule = rules.find((each) => each.name === name);
  const isByClock = rule !== undefined && factsOf(rule).course === 'clock';
  return (reason === 'ScaledOut' || reason === 'ScaledIn') && !isByClock;
};

/** A schedule that only moves bounds asks for no change of its own. */
const isIdle = (rule: Rule, byRule: GroupReport['byRule']): boolean => {
  const asks = rule.kind !== 'schedule' || rule.capacity !== undefined;
  return asks && !rule.isShadow && !Object.hasOwn(byRule, rule.name);
};

/** By the operators' own price, or by the bundled list for groups of one instance type. */
const costOf = (
  { instanceHours, largest, hours }: SizeFigures,
  { instanceHour }: Group,
  changes: readonly CapacityOutcome[],
): Cost | undefined => {
  const instanceType = changes.at(-1)?.instanceType;
  const listed = instanceType === undefined ? undefined : hourlyPrice(instanceType);
  const price = instanceHour ?? listed;
  if (price === undefined) return undefined;
  return {
    spent: price * instanceHours,
    atLargest: price * largest * hours,
    basis:
      instanceHour === undefined
        ? `${instanceType} at $${price} an hour, on demand in us-east-1, ${PRICES_OF}`
        : `${instanceHour} an instance-hour, as tidegate.yml says`,
    ...(instanceHour === undefined ? { isListed: true as const } : {}),
  };
};
