import { durationText } from '#parse/configuration/words/duration.ts';
import type { ImportedPace, ImportedRule, ImportNote, PaceSide } from '../translation.ts';
import { type AwsStep, bandsOf, type StepBand, writtenBand } from './bands-of.ts';
import { type AlarmCondition, conditionOfAlarm, conditionText } from './condition-of.ts';
import type { AlarmOfFile } from './schemas.ts';
import { thenOf } from './then-of.ts';

/** A policy that adjusts the capacity while an alarm fires: in steps, or, with one step, always the same. */
export type AdjustingPolicy = Readonly<{
  file: string;
  name: string;
  /** The group or the service whose policy it is; alarms of its own metrics name it. */
  group: string;
  adjustmentType: string;
  /** The least change of a percentage, in units. */
  atLeast: number;
  steps: readonly AwsStep[];
  alarms: readonly string[];
}>;

export type AdjustingParts = Readonly<{
  rules: readonly ImportedRule[];
  paces: readonly ImportedPace[];
  notes: readonly ImportNote[];
}>;

/** The rules that a policy becomes, one for each of its alarms. */
export const rulesOfAdjusting = (
  policy: AdjustingPolicy,
  known: ReadonlyMap<string, AlarmOfFile>,
): AdjustingParts => {
  const noteOf = noteAbout(policy);
  if (policy.alarms.length === 0) {
    return only(
      noteOf(
        'left-out',
        'no alarm sets it off',
        'a rule needs a condition: a policy without alarms is executed by hand, or by something else',
      ),
    );
  }
  const parts = policy.alarms.map((name) => {
    const alarm = known.get(name);
    const condition = alarm && conditionOfAlarm(alarm, policy.group);
    return condition === undefined
      ? ofAlarmByName(policy, name, alarm === undefined)
      : ofCondition(policy, name, condition);
  });
  return {
    rules: parts.flatMap(({ rules }) => rules),
    paces: parts.flatMap(({ paces }) => paces),
    notes: parts.flatMap(({ notes }) => notes),
  };
};

const noteAbout =
  ({ file, name }: Pick<AdjustingPolicy, 'file' | 'name'>) =>
  (kind: ImportNote['kind'], message: string, why: string): ImportNote => ({
    kind,
    file,
    about: name,
    message,
    why,
  });

const only = (...notes: readonly ImportNote[]): AdjustingParts => ({ rules: [], paces: [], notes });

const ruleOf = (
  { file, name }: AdjustingPolicy,
  parts: Pick<ImportedRule, 'metrics' | 'write' | 'comments'>,
): ImportedRule => ({ name, file, about: name, isShadow: true, ...parts });

/** Without a threshold the bounds of steps mean nothing; an adjustment that is always the same needs none. */
const ofAlarmByName = (
  policy: AdjustingPolicy,
  alarm: string,
  isUnknown: boolean,
): AdjustingParts => {
  const noteOf = noteAbout(policy);
  const [step, ...others] = policy.steps;
  const change = step && thenOf({ type: policy.adjustmentType, amount: step.ScalingAdjustment });
  if (others.length > 0 || change === undefined) {
    return only(
      noteOf(
        'left-out',
        `the threshold of the alarm ${alarm} is not known`,
        isUnknown
          ? 'bounds of steps are relative to it: import the output of aws cloudwatch describe-alarms beside the policies'
          : 'bounds of steps are relative to it, and this alarm has a band or no metric',
      ),
    );
  }
  const needs = 'it must publish to the alarm topic of Tidegate, in ALARM and in OK';
  return {
    rules: [
      ruleOf(policy, {
        metrics: [],
        // biome-ignore lint/suspicious/noThenProperty: a key of the file; it is never awaited.
        write: () => ({ when: { alarm }, then: change }),
        comments: [`Policy ${policy.name}. The alarm stays as it is; ${needs}.`],
      }),
    ],
    paces: [],
    notes: [
      noteOf(
        'differs',
        `the rule goes by the alarm ${alarm} itself`,
        isUnknown
          ? `its condition is not in these files (aws cloudwatch describe-alarms prints it); ${needs}`
          : `it has no condition of one metric and one threshold; ${needs}`,
      ),
    ],
  };
};

const ofCondition = (
  policy: AdjustingPolicy,
  alarm: string,
  condition: AlarmCondition,
): AdjustingParts => {
  const { bands, missing } = bandsOf({
    side: condition.comparison.startsWith('>') ? 'above' : 'below',
    threshold: condition.threshold,
    adjustmentType: policy.adjustmentType,
    steps: policy.steps,
  });
  const [band, ...others] = bands;
  const notes = missing.map(({ message, why }) => noteAbout(policy)('differs', message, why));
  if (band === undefined) {
    const why = 'a rule changes the capacity, and none of the steps does where the alarm fires';
    return only(...notes, noteAbout(policy)('left-out', 'it changes nothing', why));
  }
  const isPlain = others.length === 0 && band.bound === condition.threshold && policy.atLeast <= 1;
  return isPlain
    ? ofThreshold(policy, condition, { alarm, change: band.change, notes })
    : ofBands(policy, condition, { alarm, bands, notes });
};

type RuleMaterial = Readonly<{ alarm: string; notes: readonly ImportNote[] }>;

const ofThreshold = (
  policy: AdjustingPolicy,
  condition: AlarmCondition,
  { alarm, change, notes }: RuleMaterial & Readonly<{ change: string }>,
): AdjustingParts => ({
  rules: [
    ruleOf(policy, {
      metrics: [condition.metric],
      write: ([metric]) => ({
        when: conditionText(condition, String(metric)),
        // biome-ignore lint/suspicious/noThenProperty: a key of the file; it is never awaited.
        then: change,
        ...condition.onMissing,
      }),
      comments: [`Policy ${policy.name}, by the alarm ${alarm}.`],
    }),
  ],
  paces: change.startsWith('set') ? [] : [paceFor(condition, sideOf(change))],
  notes,
});

const sideOf = (change: string): PaceSide => (change.startsWith('add') ? 'scaleOut' : 'scaleIn');

/** After a change the alarm may still fire by what it saw before. */
const paceFor = (
  { datapoints, periods, periodSeconds }: AlarmCondition,
  side: PaceSide,
): ImportedPace => ({
  side,
  key: 'cooldown',
  isAtLeast: true,
  value: (periods - datapoints + 1) * periodSeconds,
  because: 'Not shorter than what the condition may still see of the time before a change.',
});

const ofBands = (
  policy: AdjustingPolicy,
  condition: AlarmCondition,
  { alarm, bands, notes }: RuleMaterial & Readonly<{ bands: readonly StepBand[] }>,
): AdjustingParts => {
  const { datapoints, periods, periodSeconds, onMissing } = condition;
  const waits =
    periods === 1
      ? []
      : [
          noteAbout(policy)(
            'differs',
            `the alarm waits for ${datapoints === periods ? '' : `${datapoints} of `}${periods} periods of ${durationText(periodSeconds)}; the rule takes the newest one`,
            'a step rule reads the metric itself and has no "for": behavior.scaleOut.stabilize and behavior.scaleIn.stabilize make it wait',
          ),
        ];
  const atLeast = policy.atLeast > 1 ? { atLeast: policy.atLeast } : {};
  return {
    rules: [
      ruleOf(policy, {
        metrics: [condition.metric],
        write: ([metric]) => ({
          step: metric,
          bands: bands.map(writtenBand),
          ...atLeast,
          ...onMissing,
        }),
        comments: [`Policy ${policy.name}, by the alarm ${alarm}.`],
      }),
    ],
    paces: [],
    notes: [...notes, ...waits],
  };
};
