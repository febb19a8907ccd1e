import type { Activity } from '#domain/observed/obstacle.ts';

/**
 * Names who set a capacity, as the causes of the group's latest activities tell. Their words are those of
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-verify-scaling-activity.html
 */
export const whoActed = (
  activities: readonly Activity[],
  { from, to }: Readonly<{ from: number; to: number }>,
): string => {
  const exact = new RegExp(`capacity from ${from} to ${to}\\b`);
  const cause = activities.find((activity) => exact.test(activity.cause))?.cause;
  if (cause === undefined) return 'somebody else';

  const found = WORDS.flatMap(({ sign, who }) => {
    const match = sign.exec(cause);
    return match ? [who(match)] : [];
  });
  return found[0] ?? `somebody else (${cause.slice(0, MOST_WORDS)})`;
};

const MOST_WORDS = 200;

const WORDS: readonly Readonly<{ sign: RegExp; who: (match: RegExpExecArray) => string }>[] = [
  {
    sign: /monitor alarm (\S{1,255}) in state \S{1,20} triggered policy (\S{1,255})/,
    who: ([, alarm, policy]) => `the scaling policy ${policy} of AWS (alarm ${alarm})`,
  },
  {
    sign: /scheduled action (\S{1,255})/,
    who: ([, name]) => `the scheduled action ${name} of AWS`,
  },
  { sign: /predictive/i, who: () => 'predictive scaling of AWS' },
  {
    sign: /constraints/,
    who: () => 'an update of the group, such as a deployment',
  },
  { sign: /standby/i, who: () => 'an instance that changed to or from Standby' },
  { sign: /detach/i, who: () => 'an instance that was detached' },
  {
    sign: /user request/,
    who: () => 'a call of SetDesiredCapacity that was not ours',
  },
];
