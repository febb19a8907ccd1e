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

const pace = mapping('The most targets that may be taken out within a time.', {
  targets: leaf(count, 'The most targets.'),
  per: leaf(duration({ min: 60, max: DAY }), 'The time, from 1m to 1d.'),
});

const quarantine = mapping(
  'How long an instance is kept with action: quarantine, and whether it is replaced.',
  {
    for: leaf(
      duration({ min: HOUR, max: 14 * DAY }),
      'How long the instance stays in Standby until it is terminated, from 1h to 14d. Default: 1d.',
    ).prefault('1d'),
    replacement: leaf(
      choice(['launch', 'none']),
      'launch (the default): the group launches another one. none: its desired capacity becomes smaller by one instance.',
    ).prefault('launch'),
  },
);

const treatment = {
  unhealthyIn: leaf(
    choice(['all', 'any']),
    'all (the default): an instance must fail in all of the target groups in which it is registered. any: in one of them.',
  ).prefault('all'),
  unhealthyFor: leaf(
    wholeMinutes,
    'How long a target must be seen failing before anything happens. Default: 2m.',
  ).prefault('2m'),
  action: leaf(
    choice(['auto', 'replace', 'deregister', 'quarantine', 'notify']),
    'auto (the default): replace, unless the group does so by its own ELB health checks. replace: take the target out of service and let the group replace it. deregister: take it out of service, and try it again later. quarantine: put the instance into Standby, for you to examine. notify: only tell people.',
  ).prefault('auto'),
  floor: leaf(
    share,
    'The share of the registered targets that must stay healthy. Default: 50%.',
  ).prefault('50%'),
  minHealthy: leaf(count, 'The number of targets that must stay healthy. Default: 1.').prefault(1),
  ceiling: leaf(
    share,
    'When a larger share is unhealthy at once, the cause is probably a common one: nothing is touched, and people are told. Default: 30%.',
  ).prefault('30%'),
  limit: pace.optional(),
  probation: leaf(
    probation,
    'The time after which a target that was only deregistered is registered again. It doubles each time that the target fails again. off: never. Default: 10m.',
  ).prefault('10m'),
  quarantine: quarantine.prefault({}),
};

const DESCRIPTION = 'What happens to targets that fail their health checks.';

/** The schema of `health:` of a group. */
export const health = mapping(DESCRIPTION, {
  ...watched,
  also: list(
    mapping('Another target group of the same instances.', watched),
    'Further target groups that the instances are registered in.',
  ).optional(),
  ...treatment,
});

/** The schema of `health:` of a fleet, which names no target group: each member has its own. */
export const fleetHealth = mapping(
  'What happens to targets that fail the health checks of the target groups that a member is attached to.',
  treatment,
);

export type HealthInput = z.output<typeof health>;

/** The `health:` of a fleet; that of a group says as much, and names its target groups. */
export type FleetHealthInput = z.output<typeof fleetHealth>;
