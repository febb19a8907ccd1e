import type { Group } from '#domain/configuration/configuration.ts';
import { isLearned } from '#domain/configuration/learned.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import type { Finding } from './finding.ts';

/** Forecasts look ahead by whole minutes: a start that is less than one faster than a launch serves no minute more. */
const LEAST_GAIN_SECONDS = 60;

/** Warm pools whose instances start hardly faster than new ones launch. */
export const findPoolsInVain = ({ name, rules, warmPool }: Group): readonly Finding[] => {
  const sizing = rules.filter((rule) => rule.kind === 'forecast').filter(isLearned);
  const lead = Math.max(0, ...sizing.map(({ leadSeconds }) => leadSeconds));
  if (warmPool === undefined || sizing.length === 0) return [];
  if (lead - warmPool.wakeSeconds >= LEAST_GAIN_SECONDS) return [];

  const [wake, launch] = [describeSeconds(warmPool.wakeSeconds), describeSeconds(lead)];
  return [
    {
      code: 'pool-in-vain',
      group: name,
      rules: sizing.map((rule) => rule.name),
      message: `a stopped instance serves after ${wake}, and a new one after ${launch}`,
      why: 'what a start can still serve in time need not run, and here a start gains less than a minute on a launch, while forecasts look ahead by whole minutes',
      example: `the pool is prepared and paid for, and the group runs what it would run without it`,
      fix: 'leave warmPool out; or correct wake, or lead, to what instances of this group take',
    },
  ];
};
