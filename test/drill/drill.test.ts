import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { help, wantedIn } from './arguments.ts';
import { configurationOf, PARTS } from './cloud/configuration.ts';
import { DRILLS } from './drills/all-drills.ts';
import { secondsOf } from './drills/drill.ts';
import { NOTHING } from './judge/course.ts';
import { slicesOf } from './load/slices.ts';
import { pageOf } from './report/page.ts';

describe('the command line', () => {
  test('means all drills when it names none', () => {
    expect(wantedIn([])).toEqual({ kind: 'run', drills: DRILLS, without: [] });
  });

  test('names drills, which run in the order of the list, and parts to leave out', () => {
    const wanted = wantedIn(['spike', 'gradual', '--without', 'demand', '--without', 'busy']);

    expect(wanted).toEqual({
      kind: 'run',
      drills: DRILLS.slice(0, 2),
      without: ['demand', 'busy'],
    });
  });

  test.each([
    { args: ['--help'], expected: { kind: 'help' } },
    { args: ['spyke'], expected: { kind: 'wrong', problem: /no drill is named "spyke"/ } },
    {
      args: ['--without', 'load'],
      expected: {
        kind: 'wrong',
        problem: /nothing named "load" can be left out; expected demand, busy, health, ceiling/,
      },
    },
    { args: ['--witout', 'busy'], expected: { kind: 'wrong', problem: /--witout/ } },
  ])('is understood, or says why not: $args', ({ args, expected }) => {
    const { problem, ...rest } = expected as { problem?: RegExp };

    expect(wantedIn(args)).toMatchObject(rest);
    if (problem) expect(wantedIn(args)).toMatchObject({ problem: expect.stringMatching(problem) });
  });

  test('lists every drill and every part in its help', () => {
    for (const { name } of DRILLS) expect(help()).toContain(`  ${name} `);
    expect(help()).toContain(PARTS.join(', '));
  });
});

describe('the configuration of a run', () => {
  const places = ['one', 'two'].map((name) => ({
    name,
    loadBalancer: 'app/drill/1234',
    targetGroup: `targetgroup/drill-${name}/1234`,
  }));
  const fileWithout = (...without: readonly string[]) =>
    parse(configurationOf(places, { without, slackOrigin: 'http://127.0.0.1:9' }));

  test('has a group for each drill, with its own dimensions', () => {
    const { groups, notify } = fileWithout();

    expect(Object.keys(groups)).toEqual(['one', 'two']);
    expect(groups.two).toMatchObject({
      autoScalingGroup: 'drill-two',
      metrics: {
        requests: {
          dimensions: { LoadBalancer: 'app/drill/1234', TargetGroup: 'targetgroup/drill-two/1234' },
        },
        busy: { dimensions: { AutoScalingGroupName: 'drill-two' } },
      },
      health: { loadBalancer: 'app/drill/1234', targetGroup: 'targetgroup/drill-two/1234' },
    });
    expect(notify.channels.ops.origin).toBe('http://127.0.0.1:9');
  });

  test('lacks what is left out, and nothing else', () => {
    const whole = fileWithout().groups.one;

    expect(Object.keys(fileWithout('demand').groups.one.rules)).toEqual(['busy']);
    expect(fileWithout('health').groups.one.health).toBeUndefined();
    expect(fileWithout('ceiling').groups.one).toEqual({
      ...whole,
      health: { ...whole.health, ceiling: '100%', floor: '1%' },
    });
  });
});

describe('each drill', () => {
  test.each(DRILLS)('$name takes less than three minutes and states what it expects', (drill) => {
    expect(secondsOf(drill)).toBeLessThan(180);
    expect(drill.expects.length).toBeGreaterThanOrEqual(3);
    expect(slicesOf(drill.load).length).toBeGreaterThan(0);
  });

  test.each(DRILLS)('$name is not passed by a fleet that did nothing', ({ expects }) => {
    expect(expects.some(({ judge }) => !judge(NOTHING).passed)).toBe(true);
  });
});

test('the report shows each expectation, and text of others as text', () => {
  const [drill] = DRILLS;
  if (drill === undefined) throw new Error('there is no drill');
  const course = { ...NOTHING, marks: [{ at: 2_000, text: '<script>' }] };
  const verdicts = [{ claim: 'a & b', passed: false, found: '"c"' }];

  const page = pageOf([{ drill, course, verdicts }], { without: ['demand'] });

  expect(page).toContain('0 of 1 expectations met. Left out of the rules: demand.');
  expect(page).toContain('<td>✗</td><td>a &amp; b</td><td>&quot;c&quot;</td>');
  expect(page).toContain('<li><b>2 s</b> &lt;script&gt;</li>');
  expect(page).not.toContain('<script');
});
