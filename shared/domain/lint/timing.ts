import type { Group } from '#domain/configuration/configuration.ts';
import { conditionOf, metricsOf, type Rule } from '#domain/configuration/rule.ts';
import type { Condition } from '#domain/configuration/rule-parts.ts';
import { waitsForAlarm } from '#domain/configuration/watched.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { adjustmentsOf } from './directions.ts';
import type { Finding } from './finding.ts';
import { metricNamesOf } from './metrics-behind.ts';

/**
 * After the cooldown an alarm may still fire by periods that are older than the change, if they are as
 * many as it asks for: it then acts again for what is fixed already.
 */
export const findLongWindows = (group: Group): readonly Finding[] =>
  group.rules.flatMap((rule) => {
    const condition = conditionOf(rule);
    const finding = condition && longWindow(group, rule, condition);
    return finding ? [finding] : [];
  });

const longWindow = (
  { name, metrics, behavior }: Group,
  rule: Rule,
  { metric, periods, datapoints }: Condition,
): Finding | undefined => {
  const [adjustment] = adjustmentsOf(rule);
  const side = adjustment?.kind === 'add' ? 'scaleOut' : 'scaleIn';
  const { cooldownSeconds } = behavior[side];
  const periodSeconds = metrics[metric]?.periodSeconds ?? FINE_SECONDS;
  const older = periods - Math.floor(cooldownSeconds / periodSeconds);
  if (adjustment?.kind === 'set' || older < datapoints) return undefined;

  const waits = describeSeconds(cooldownSeconds);
  const needed = describeSeconds((periods - datapoints + 1) * periodSeconds);
  return {
    code: 'window-longer-than-cooldown',
    group: name,
    rules: [rule.name],
    message: `${rule.name} looks back further than the cooldown of ${waits} reaches`,
    why: 'when the cooldown is over the alarm may still fire by what it saw before the change, and the group is changed again for what is fixed already',
    example: `${waits} after a change, ${older} of ${periods} periods are older than it, and ${datapoints} are enough`,
    fix: `let behavior.${side}.cooldown be ${needed} or more, or shorten the condition`,
  };
};

/** A cooldown that ends while instances warm up promises what the warm-up does not let happen. */
export const findShortCooldowns = ({ name, behavior }: Group): readonly Finding[] => {
  const { scaleIn, warmupSeconds } = behavior;
  if (scaleIn.cooldownSeconds >= warmupSeconds) return [];

  const [waits, warms] = [describeSeconds(scaleIn.cooldownSeconds), describeSeconds(warmupSeconds)];
  return [
    {
      code: 'cooldown-shorter-than-warmup',
      group: name,
      rules: [],
      message: `the cooldown of scale-in is ${waits}, and instances warm up for ${warms}`,
      why: 'after an addition nothing is removed before the warm-up is over, so the cooldown says something else than what happens',
      example: `${waits} after an addition a removal is held for another ${describeSeconds(warmupSeconds - scaleIn.cooldownSeconds)}`,
      fix: `let behavior.scaleIn.cooldown be ${warms} or more`,
    },
  ];
};

const FINE_SECONDS = 60;

/** Metrics of AWS come once a minute at best. */
export const findFinePeriods = ({ name, metrics, rules }: Group): readonly Finding[] =>
  Object.entries(metrics).flatMap(([metric, definition]) => {
    const { periodSeconds } = definition;
    const isOfAws = definition.kind === 'stat' && definition.namespace.startsWith('AWS/');
    if (!isOfAws || periodSeconds >= FINE_SECONDS) return [];

    const readers = rules.filter((rule) => metricNamesOf(rule).includes(metric));
    return [
      {
        code: 'period-too-fine',
        group: name,
        rules: readers.map((rule) => rule.name),
        message: `${metric} has periods of ${periodSeconds} s, and AWS publishes it once a minute at best`,
        why: 'most of its periods have no data, so the alarm ends in INSUFFICIENT_DATA and the rule is blind',
        example: `of six periods of ${periodSeconds} s, one has a value`,
        fix: `let the period of ${metric} be 1m`,
      },
    ];
  });

/** Looks between minutes see nothing new where every rule waits for its alarm; and values are due where some are read. */
export const findVainLooks = ({
  name,
  rules,
  everySeconds,
  looksWhenDue,
}: Group): readonly Finding[] => {
  const isAwaited = rules.every(waitsForAlarm);
  const readsNothing = rules.every((rule) => metricsOf(rule).length === 0);
  const isVain =
    looksWhenDue === undefined ? everySeconds !== undefined && isAwaited : readsNothing;
  if (!isVain) return [];
  return [
    {
      code: 'looks-in-vain',
      group: name,
      rules: [],
      message:
        everySeconds === undefined
          ? 'every is auto, and no rule reads a metric'
          : `every is ${describeSeconds(everySeconds)}, and all rules wait for alarms`,
      why: 'a rule with when is told by its alarm within a second or two, however often somebody looks',
      example: 'the group is looked at once a minute, as without every',
      fix: 'leave every out, or follow the metric with track, step, forecast or desired',
    },
  ];
};
