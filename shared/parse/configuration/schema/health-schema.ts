import type * as z from 'zod';
import { choice } from '#parse/configuration/words/choice.ts';
import { duration } from '#parse/configuration/words/duration.ts';
import { loadBalancer, targetGroup } from '#parse/configuration/words/load-balancing.ts';
import { percent } from '#parse/configuration/words/percent.ts';
import { wholeMinutes } from '#parse/configuration/words/period.ts';
import { probation } from '#parse/configuration/words/probation.ts';
import { LARGEST_CAPACITY, wholeNumber } from '#parse/configuration/words/whole-number.ts';
import { leaf } from './leaf.ts';
import { list, mapping } from './mapping.ts';

const share = percent({ min: 1, max: 100 });
const count = wholeNumber({ min: 1, max: LARGEST_CAPACITY });
const HOUR = 3_600;
const DAY = 24 * HOUR;

const watched = {
  targetGroup: leaf(targetGroup, 'The target group: its ARN, or targetgroup/NAME/ID.'),
  loadBalancer: leaf(loadBalancer, 'Its load balancer: the ARN, app/NAME/ID or net/NAME/ID.'),
};

const pace = mapping('How many targets may be taken out within a time.', {
  targets: leaf(count, 'At most so many.'),
  per: leaf(duration({ min: 60, max: DAY }), 'Within this time, from 1m to 1d.'),
});

const quarantine = mapping('How an instance is kept aside with action: quarantine.', {
  for: leaf(
    duration({ min: HOUR, max: 14 * DAY }),
    'How long it stands by until it is terminated, from 1h to 14d; 1d unless said otherwise.',
  ).prefault('1d'),
  replacement: leaf(
    choice(['launch', 'none']),
    'launch (the default): the group launches another one. none: its desired capacity becomes smaller by it.',
  ).prefault('launch'),
});

/** The schema of `health:` of a group. */
export const health = mapping('What to do about targets that fail their health checks.', {
  ...watched,
  also: list(
    mapping('Another target group of the same instances.', watched),
    'Further target groups that the instances are registered in.',
  ).optional(),
  unhealthyIn: leaf(
    choice(['all', 'any']),
    'Whether an instance must fail in all of the target groups that it is registered in (the default), or in any.',
  ).prefault('all'),
  unhealthyFor: leaf(
    wholeMinutes,
    'How long targets must fail their health checks before anything is done; 2m unless said otherwise.',
  ).prefault('2m'),
  action: leaf(
    choice(['auto', 'replace', 'deregister', 'quarantine', 'notify']),
    'auto (the default): replace, unless the group does so by its own ELB health checks. replace: take the target out of service and let the group replace it. deregister: take it out of service, and try it again later. quarantine: put the instance into Standby to be looked at. notify: tell people only.',
  ).prefault('auto'),
  floor: leaf(
    share,
    'The share of registered targets that must stay healthy; below it nothing is touched. 50% unless said otherwise.',
  ).prefault('50%'),
  minHealthy: leaf(
    count,
    'So many targets must stay healthy, whatever share that is; 1 unless said otherwise.',
  ).prefault(1),
  ceiling: leaf(
    share,
    'When more than this share is unhealthy at once, the cause is a common one: nothing is touched and people are told. 30% unless said otherwise.',
  ).prefault('30%'),
  limit: pace.optional(),
  probation: leaf(
    probation,
    'After so long a target that was only deregistered is registered again, and serves if its health checks pass; twice as long each time that it fails again. off: never. 10m unless said otherwise.',
  ).prefault('10m'),
  quarantine: quarantine.prefault({}),
});

export type HealthInput = z.output<typeof health>;
