import type { GroupReport } from './group-report.ts';

/** A bound that holds for so large a part of the time decides more than the rules do. */
const MOST_OF_THE_TIME = 0.5;
/** So much of the time at the maximum means that load went without capacity more than now and then. */
const OFTEN_AT_MAXIMUM = 0.01;
/** Instances that are always there, and a rest that is worth another way to pay. */
const WORTH_OTHER_WAYS = 0.2;
/** Rules that turn round more often than this share of their changes work against each other. */
const MOSTLY_REVERSALS = 0.5;
const FEW_CHANGES = 6;

/** Says what the figures suggest, each with its reason in numbers; people decide. */
export const hintsFor = (report: Omit<GroupReport, 'hints'>): readonly string[] =>
  HINTS.flatMap((hint) => hint(report) ?? []);

type Hint = (report: Omit<GroupReport, 'hints'>) => string | undefined;

const minimumBinds: Hint = ({ sizes }) => {
  if (sizes === undefined || sizes.atMinimum <= MOST_OF_THE_TIME * sizes.hours) return undefined;
  return `the minimum held for ${share(sizes.atMinimum, sizes.hours)} of the time: the rules would have gone lower; a lower capacity.min saves, unless it is there for another reason`;
};

const maximumBinds: Hint = ({ sizes }) => {
  if (sizes === undefined || sizes.atMaximum <= OFTEN_AT_MAXIMUM * sizes.hours) return undefined;
  return `the maximum held for ${share(sizes.atMaximum, sizes.hours)} of the time: load beyond it went without capacity; a higher capacity.max would have served it`;
};

const otherWaysToPay: Hint = ({ sizes }) => {
  if (sizes === undefined || sizes.smallest < 1) return undefined;
  const base = Math.floor(sizes.smallest);
  const rest = sizes.instanceHours - base * sizes.hours;
  if (rest < WORTH_OTHER_WAYS * sizes.instanceHours) return undefined;
  return `never fewer than ${base} served: a commitment (a Savings Plan) for ${base} would be used all the time; the other ${share(rest, sizes.instanceHours)} of the instance-hours came and went, for which Spot may do where work can be interrupted`;
};

const rulesTurnRound: Hint = ({ changes, reversals }) => {
  const all = changes.out + changes.in;
  if (all < FEW_CHANGES || reversals <= MOSTLY_REVERSALS * all) return undefined;
  return `${reversals} of ${all} changes took back the one before: tidegate lint names rules that work against each other, and a longer behavior.scaleIn.stabilize calms them`;
};

const nobodyFollows: Hint = ({ idleRules, changes }) => {
  if (idleRules.length === 0 || changes.out + changes.in === 0) return undefined;
  return `no change followed ${idleRules.join(', ')}: other rules asked for more each time, or the condition never held`;
};

const unknownSizes: Hint = ({ sizes, autoScalingGroup }) =>
  sizes === undefined
    ? `its sizes are not known; let the group publish them: aws autoscaling enable-metrics-collection --auto-scaling-group-name ${autoScalingGroup} --granularity 1Minute`
    : undefined;

const HINTS: readonly Hint[] = [
  unknownSizes,
  maximumBinds,
  minimumBinds,
  rulesTurnRound,
  nobodyFollows,
  otherWaysToPay,
];

const share = (part: number, whole: number): string => {
  const percent = (100 * part) / whole;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
};
