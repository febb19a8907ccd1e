import type { Bug } from './bug.ts';

/** Mistakes in what is read of AWS, and in what is made of a read that fails. */
export const READING_BUGS: readonly Bug[] = [
  {
    name: 'periods are counted from any moment',
    file: 'shared/domain/configuration/reading-window.ts',
    find: 'Math.floor((now - lookbackSeconds * SECOND_MS) / periodMs) * periodMs',
    replace: 'Math.floor(now - lookbackSeconds * SECOND_MS)',
  },
  {
    name: 'a period that is over is taken for whole',
    file: 'shared/domain/configuration/reading-window.ts',
    find: 'const SETTLE_SECONDS = 180;',
    replace: 'const SETTLE_SECONDS = 0;',
  },
  {
    name: 'one range is asked for all metrics',
    file: 'shared/aws/cloudwatch/ask-for-metrics.ts',
    find: 'classes.set(key, [...(classes.get(key) ?? []), each]);',
    replace: "classes.set('', [...(classes.get('') ?? []), each, ...(key === '' ? [each] : [])]);",
  },
  {
    name: 'a forecast removes however late its newest minute is',
    file: 'shared/domain/capacity/rules/look-ahead.ts',
    find: 'const BLIND_IN_SECONDS = 300;',
    replace: 'const BLIND_IN_SECONDS = 300_000;',
  },
  {
    name: 'a forecast that has learned nothing lets other rules remove',
    file: 'shared/domain/capacity/rules/forecast.ts',
    find: 'blocksScaleIn: true',
    replace: 'blocksScaleIn: false',
  },
  {
    name: 'a forecast removes before it has been judged',
    file: 'shared/domain/capacity/rules/forecast.ts',
    find: 'scale.judged < ENOUGH_JUDGED)',
    replace: 'scale.judged < -ENOUGH_JUDGED)',
  },
  {
    name: 'a forecast holds nothing on the way in',
    file: 'shared/domain/capacity/rules/forecast.ts',
    find: 'capacityHeld(each, perUnitOf(rule), minutes)',
    replace: 'capacityHeld(each, perUnitOf(rule), 0 * minutes)',
  },
  {
    name: 'a forecast takes minutes that are not whole',
    file: 'shared/aws/cloudwatch/ask-for-metrics.ts',
    find: 'at + metric.periodSeconds * SECOND_MS <= wholeUntil;',
    replace: 'at + 0 * metric.periodSeconds * wholeUntil >= from;',
  },
  {
    name: 'a part of a total removes units',
    file: 'shared/domain/capacity/rules/arriving.ts',
    find: 'capacityOf(onArriving, current) > capacityOf(onWhole, current)',
    replace: "(onArriving.kind === 'recommends' || capacityOf(onWhole, current) < 0)",
  },
  {
    name: 'a part of a total stands for a forecast of all of it',
    file: 'shared/domain/capacity/rules/forecast.ts',
    find: 'return larger(onWhole, onArriving, currentCapacity(observation));',
    replace:
      'return currentCapacity(observation) < 0 ? larger(onWhole, onArriving, 0) : onArriving;',
  },
  {
    name: 'what is arriving of a demand adds nothing',
    file: 'shared/domain/capacity/rules/forecast.ts',
    find: 'if (prospect === undefined) return onWhole;',
    replace: "if (prospect === undefined || onWhole.kind === 'recommends') return onWhole;",
  },
  {
    name: 'a refused metric fails its whole call',
    file: 'shared/aws/cloudwatch/ask-for-metrics.ts',
    find: 'if (!isRefusal(thrown)) throw thrown;',
    replace: 'if (isRefusal(thrown) || !isRefusal(thrown)) throw thrown;',
  },
  {
    name: 'a refused metric is missing data',
    file: 'shared/app/capacity/observe-metrics.ts',
    find: '...(refused.length === 0 ?',
    replace: '...(refused.length < 9 ?',
  },
  {
    name: 'a damaged head fails the whole batch',
    file: 'shared/app/capacity/observe-groups.ts',
    find: 'return damaged(group, memory.damage);',
    replace: 'throw damaged(group, memory.damage).error;',
  },
  {
    name: 'a damaged head is taken for a new one',
    file: 'shared/app/capacity/observe-groups.ts',
    find: 'if (memory?.damage !== undefined) return',
    replace: 'if (memory?.damage === memory?.head?.last?.id && memory?.damage) return',
  },
  {
    name: 'a damaged head stops the healing of all',
    file: 'shared/app/health/observe-health.ts',
    find: 'return damaged(group, memory.damage);',
    replace: 'throw damaged(group, memory.damage).error;',
  },
  {
    name: 'times ahead are believed',
    file: 'shared/domain/ledger/past-times.ts',
    find: 'if (latest <= now) return',
    replace: 'if (latest <= now || latest > now + CLOCK_AHEAD_MS) return',
  },
  {
    name: 'times ahead are moved back and not stored',
    file: 'shared/domain/ledger/past-times.ts',
    find: 'isRepaired: latest > now + CLOCK_AHEAD_MS',
    replace: 'isRepaired: latest < now + CLOCK_AHEAD_MS && latest > now + CLOCK_AHEAD_MS',
  },
];
