import { describe, expect, test } from '@jest/globals';
import { scaleGroups } from '#app/capacity/scale-groups.ts';
import type { Fleet } from '#domain/configuration/configuration.ts';
import { memberOf } from '#domain/configuration/fleet.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  alarmOf,
  anAlarmRule,
  aRule,
  CPU_HIGH,
  minutes,
  NOON,
} from '#test/support/builders.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

const CPU: StatMetric = {
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  dimensions: { AutoScalingGroupName: '{autoScalingGroup}' },
  statistic: 'Average',
  periodSeconds: 60,
};

const HIGH = aRule({
  name: 'high',
  alarm: {
    kind: 'watched',
    name: 'cpu > 70 for 2m',
    condition: {
      text: 'cpu > 70 for 2m',
      metric: 'cpu',
      comparison: '>',
      threshold: 70,
      datapoints: 2,
      periods: 2,
    },
  },
});
const LATE = anAlarmRule('late', {
  alarm: { kind: 'existing', name: '{autoScalingGroup}-late' },
});

const FLEET: Fleet = {
  name: 'web',
  tags: { tier: 'web' },
  template: {
    capacity: {},
    metrics: { cpu: CPU },
    rules: [HIGH, LATE],
    behavior: aBehavior({}),
  },
};

/** A fleet with the member `a`; `b` carries the tags, and is no member yet. */
const setUp = (rules: Fleet['template']['rules'] = [HIGH, LATE]) => {
  const fleet = { ...FLEET, template: { ...FLEET.template, rules } };
  const made = aScaleWorld([aGroup()], [fleet]);
  const { world } = made;
  for (const name of ['a', 'b']) {
    world.states.set(name, aGroupState({ autoScalingGroup: name, tags: { tier: 'web' } }));
  }
  world.memberships.set('a', { autoScalingGroup: 'a', fleets: ['web'] });
  const cpu = memberOf(fleet, 'a').metrics.cpu as StatMetric;
  const burn = (...values: readonly number[]): void => {
    const recent = values.map((value, index) => ({ value, at: NOON - minutes(index + 1) }));
    const [whole] = recent;
    if (whole !== undefined) made.world.readings.set(cpu, { whole, recent });
  };
  return { ...made, burn };
};

/** Readings are found by what a metric is, as CloudWatch finds them. */
const alike = (made: ReturnType<typeof setUp>) => {
  const { world } = made;
  const [reading] = [...world.readings.values()];
  const ports = {
    ...made.ports,
    readMetrics: async () => [reading],
  };
  return ports;
};

describe('a member of a fleet', () => {
  test('is scaled by a condition on its own metric, of which no alarm is asked for', async () => {
    const made = setUp([HIGH]);
    made.burn(71, 71, 0);
    await scaleGroups(alike(made))([request('web/a')]);
    expect(made.world.sets).toEqual([{ name: 'a', capacity: 6 }]);
    expect(made.world.published).toMatchObject([
      { group: 'web/a', autoScalingGroup: 'a', reason: 'ScaledOut' },
    ]);
    expect(made.world.published[0]?.summary).toBe(
      'web/a 4 → 6: high: cpu > 70 for 2m: add 2 to 4 makes 6',
    );
  });

  test('stays while the condition is not met', async () => {
    const made = setUp([HIGH]);
    made.burn(71, 70);
    await scaleGroups(alike(made))([request('web/a')]);
    expect(made.world.sets).toEqual([]);
  });

  test('is scaled by the message of its own alarm', async () => {
    const { world, scale } = setUp([LATE]);
    const event = turn(world, CPU_HIGH);
    world.alarms.set('a-late', alarmOf(CPU_HIGH, { name: 'a-late', state: 'ALARM' }));
    await scale({ ...event, name: 'a-late' });
    expect(world.sets).toEqual([{ name: 'a', capacity: 6 }]);
  });

  test('is left alone when its tags are gone at this moment, and nobody is troubled', async () => {
    const { world, scale } = setUp([LATE]);
    world.change('a', { tags: {} });
    world.alarms.set('a-late', alarmOf(CPU_HIGH, { name: 'a-late', state: 'ALARM' }));
    await scale(request('web/a'));
    expect(world.sets).toEqual([]);
    expect(world.published).toMatchObject([{ kind: 'held', reason: 'NotSelected' }]);
  });
});

describe('nothing is evaluated', () => {
  test.each([
    ['of a group that is no member', request('web/b')],
    ['of a fleet that is not there', request('api/a')],
  ])('%s', async (_title, message) => {
    const { world, scale } = setUp();
    await scale(message);
    expect(world.calls.filter((port) => port === 'readGroups')).toEqual([]);
    expect(world.notesOf('ignored')).toHaveLength(1);
  });

  test('of a group that two fleets select', async () => {
    const { world, scale } = setUp();
    world.memberships.set('a', { autoScalingGroup: 'a', fleets: ['web', 'blue'] });
    await scale(request('web/a'));
    expect(world.notesOf('ignored')).toHaveLength(1);
  });

  test('of a member that the file names', async () => {
    const { world, scale } = aScaleWorld([aGroup({ autoScalingGroup: 'a' })], [FLEET]);
    world.memberships.set('a', { autoScalingGroup: 'a', fleets: ['web'] });
    await scale(request('web/a'));
    expect(world.calls).toEqual([]);
  });

  test('more: a message about named groups asks nobody for members', async () => {
    const { world, scale } = setUp();
    await scale(request('web'), turn(world, CPU_HIGH));
    expect(world.calls).not.toContain('readMemberships');
  });
});

test('while the members cannot be read named groups go on, and messages about members come back', async () => {
  const { world, scale } = setUp();
  world.around = (port, call) =>
    port === 'readMemberships' ? Promise.reject(new Error('no table')) : call();
  const ends = await scale(request('web/a'), turn(world, CPU_HIGH), request('web/a'));
  expect(ends).toMatchObject([
    { kind: 'retry', error: new Error('no table') },
    { kind: 'done' },
    { kind: 'retry' },
  ]);
  expect(world.sets).toEqual([{ name: 'web-prod', capacity: 6 }]);
});
