import { describeAdjustment } from '#domain/configuration/describe-adjustment.ts';
import type { OnMissing, Rule, ScheduleRule } from '#domain/configuration/rule.ts';

/** A rule as a sentence: `while cpu > 70 for 5m, add 2`. */
export const describeRule = (rule: Rule): string =>
  [
    describeWish(rule),
    ...('onMissing' in rule ? describeMissing(rule.onMissing) : []),
    ...(rule.ballot === undefined ? [] : [`votes in ${rule.ballot}`]),
    ...(rule.isShadow ? ['in shadow: it never acts'] : []),
  ].join('; ');

const describeWish = (rule: Rule): string => {
  switch (rule.kind) {
    case 'threshold': {
      const { alarm, adjustment } = rule;
      const isOwn = alarm.kind === 'existing';
      const when = isOwn ? `your alarm ${alarm.name} fires` : alarm.condition.text;
      return `while ${when}, ${describeAdjustment(adjustment)}`;
    }
    case 'step': {
      const bands = rule.bands.map(
        ({ side, bound, adjustment }) => `${side} ${bound} ${describeAdjustment(adjustment)}`,
      );
      return `by ${rule.metric}: ${bands.join(', ')}`;
    }
    case 'track':
      return `keep ${rule.metric} at ${rule.target}${rule.isTotal ? ' per unit' : ''}`;
    case 'expression':
      return `want ${rule.text}`;
    case 'schedule':
      return `${describeWindow(rule)}, ${describeEffect(rule)}`;
  }
};

const describeWindow = ({ window }: ScheduleRule): string =>
  window.kind === 'recurring'
    ? `from "${window.start}" to "${window.end}" in ${window.timezone}`
    : `from ${new Date(window.from).toISOString()} to ${new Date(window.to).toISOString()}`;

const describeEffect = ({ min, max, capacity }: ScheduleRule): string =>
  [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
    ...(capacity === undefined ? [] : [`want ${capacity}`]),
  ].join(', ');

const describeMissing = (onMissing: OnMissing): readonly string[] => {
  if (typeof onMissing === 'object') {
    return 'last' in onMissing
      ? [`a value may be ${onMissing.last} s old`]
      : [`falls back to ${onMissing.fallback} without data`];
  }
  return MISSING[onMissing];
};

const MISSING = {
  hold: [],
  ignore: ['left out while it has no data'],
  zero: ['takes 0 while it has no data'],
  fail: ['nothing moves while it has no data'],
} as const;
