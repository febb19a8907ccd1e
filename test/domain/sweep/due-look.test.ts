import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Metric } from '#domain/configuration/metric.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import type { MetricDelay } from '#domain/ledger/metric-delay.ts';
import { learnDelay } from '#domain/observed/learn-delay.ts';
import { dueLook } from '#domain/sweep/due-look.ts';
import { aGroup, minutes, NOON, seconds } from '#test/support/builders.ts';

const CPU: Metric = {
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  dimensions: {},
  statistic: 'Average',
  periodSeconds: 60,
};
const trackOf = (metric: string): Rule => ({
  kind: 'track',
  name: metric,
  metric,
  target: 60,
  isTotal: false,
  onMissing: 'hold',
});
const groupOf = (metrics: Readonly<Record<string, Metric>>) =>
  aGroup({ metrics, rules: Object.keys(metrics).map(trackOf), looksWhenDue: true });
const WEB = groupOf({ cpu: CPU });
const known = (thereAt: number): MetricDelay => ({ absentAt: thereAt - 5, thereAt });
/** A minute in which nothing is asked for sooner than it is due. */
const START = NOON + minutes(2);
const at = (second: number): number => START + seconds(second);

describe('the further look of a minute', () => {
  test.each([
    { sweep: 0, delay: 10, inSeconds: 11 },
    { sweep: 30, delay: 10, inSeconds: 41 },
    { sweep: 30, delay: 39, inSeconds: 10 },
    { sweep: 30, delay: 75, inSeconds: 46 },
    { sweep: 30.5, delay: 10, inSeconds: 41 },
  ])(
    'comes when a delay of $delay s is over, after a sweep at $sweep s',
    ({ sweep, delay, inSeconds }) => {
      const now = at(sweep);
      expect(dueLook({ group: WEB, delays: { cpu: known(delay) }, now })).toBe(inSeconds);
    },
  );

  test('comes only when it brings the value ten seconds sooner', () => {
    const look = (delay: number) =>
      dueLook({ group: WEB, delays: { cpu: known(delay) }, now: at(30) });
    expect([look(19), look(20), look(29), look(30)]).toEqual([50, undefined, undefined, undefined]);
  });

  test('comes whenever it teaches something while a delay is not known', () => {
    const look = (delay: MetricDelay) =>
      dueLook({ group: WEB, delays: { cpu: delay }, now: at(30) });
    expect(look({ absentAt: 20, thereAt: 26 })).toBe(54);
    expect(look({ absentAt: 20, thereAt: 25 })).toBeUndefined();
  });

  test('comes first of all for a period that is asked for sooner than it is due', () => {
    const looks = Array.from({ length: 20 }, (_, minute) =>
      dueLook({ group: WEB, delays: { cpu: known(45) }, now: NOON + minutes(minute) }),
    );
    // The delay is known to lie above 40 s, so one minute of twenty is asked for at 25 s.
    expect(looks.filter((look) => look === 46)).toHaveLength(19);
    expect(looks.filter((look) => look === 26)).toHaveLength(1);
  });

  test('is the one that brings the most when metrics come at different times', () => {
    const group = groupOf({ cpu: CPU, busy: CPU });
    const look = (cpu: number, busy: number) =>
      dueLook({ group, delays: { cpu: known(cpu), busy: known(busy) }, now: at(0) });
    // Both at 21 s are worth 2 × 39 s; the first alone 49 s, and the first alone at 6 s 54 s.
    expect([look(10, 20), look(5, 50), look(50, 5)]).toEqual([21, 6, 6]);
  });

  test('comes in the middle between two sweeps for periods of ten seconds', () => {
    const group = groupOf({ fine: { ...CPU, periodSeconds: 10 } });
    expect(dueLook({ group, delays: { fine: known(5) }, now: at(0) })).toBe(26);
  });

  test('comes in one minute of five for periods of five minutes', () => {
    const group = groupOf({ slow: { ...CPU, periodSeconds: 300, wholeAfterSeconds: 20 } });
    const looks = [0, 1, 2, 3, 4].map((minute) =>
      dueLook({ group, delays: { slow: known(25) }, now: NOON + minutes(minute) + seconds(5) }),
    );
    expect(looks.filter((look) => look !== undefined)).toEqual([21]);
  });

  test('comes for the minutes of a metric that is forecast, whatever its period', () => {
    const rule: Rule = {
      kind: 'forecast',
      name: 'ahead',
      metric: 'load',
      perInstance: 45,
      per: 'value',
      risk: 0.1,
      margin: 0.1,
      leadSeconds: 120,
      holdSeconds: 180,
      onMissing: 'hold',
    };
    const group = { ...WEB, metrics: { load: { ...CPU, periodSeconds: 10 } }, rules: [rule] };
    expect(dueLook({ group, delays: { load: known(10) }, now: at(0) })).toBe(11);
  });

  test('comes for no group that does not ask for it, or of whose delays nothing is known', () => {
    const { looksWhenDue: _asked, ...plain } = WEB;
    expect(dueLook({ group: plain, delays: { cpu: known(10) }, now: at(0) })).toBeUndefined();
    expect(dueLook({ group: WEB, delays: undefined, now: at(0) })).toBeUndefined();
  });

  test('comes for no metric that no rule reads', () => {
    const group = { ...WEB, rules: [] };
    expect(dueLook({ group, delays: { cpu: known(10) }, now: at(0) })).toBeUndefined();
    const unknown = { ...WEB, metrics: {} };
    expect(dueLook({ group: unknown, delays: { cpu: known(10) }, now: at(0) })).toBeUndefined();
  });
});

/** Lives through minutes with a metric that comes so late, and returns how old each period was when a look first saw it. */
const live = (delay: (minute: number) => number, sweep: number, count: number) => {
  const ages: number[] = [];
  const looksAMinute: number[] = [];
  let learned: MetricDelay | undefined;
  let seenUntil = 0;
  const look = (now: number): void => {
    const newest = Array.from({ length: 6 }, (_, ago) => Math.floor(now / 60_000) - 1 - ago).find(
      (minute) => (minute + 1) * 60_000 + delay(minute) * 1_000 <= now,
    );
    if (newest === undefined) return;
    learned = learnDelay(learned, { metric: CPU, newest: newest * 60_000, now });
    if (newest > seenUntil) ages.push(now / 1_000 - (newest + 1) * 60);
    seenUntil = newest;
  };
  for (let minute = 0; minute < count; minute += 1) {
    const now = NOON + minutes(minute) + seconds(sweep);
    look(now);
    const due = dueLook({ group: WEB, delays: learned && { cpu: learned }, now });
    looksAMinute.push(due === undefined ? 1 : 2);
    if (due !== undefined) look(now + seconds(due) + 700);
  }
  return { ages, looksAMinute, learned };
};

describe('learning and asking together', () => {
  test('see a metric within twenty seconds of its coming, nine times in ten', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 170 }),
        fc.integer({ min: 0, max: 59 }),
        (late, sweep) => {
          const { ages } = live(() => late, sweep, 80);
          const soon = ages.slice(-40).filter((age) => age <= late + 20);
          expect(soon.length).toBeGreaterThanOrEqual(36);
        },
      ),
    );
  });

  test('follow a delay that changes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 170 }),
        fc.integer({ min: 1, max: 170 }),
        fc.integer({ min: 0, max: 59 }),
        (first, then, sweep) => {
          const change = NOON / 60_000 + 40;
          const { ages } = live((minute) => (minute < change ? first : then), sweep, 160);
          const soon = ages.slice(-20).filter((age) => age <= then + 33);
          expect(soon.length).toBeGreaterThanOrEqual(17);
        },
      ),
    );
  });

  test('never look more than twice a minute, and keep the bounds of a delay in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 60, maxLength: 60 }),
        fc.integer({ min: 0, max: 59 }),
        (delays, sweep) => {
          const first = NOON / 60_000;
          const { looksAMinute, learned } = live(
            (minute) => delays[(minute - first + 60) % 60] as number,
            sweep,
            60,
          );
          expect(looksAMinute.every((looks) => looks <= 2)).toBe(true);
          const { absentAt, thereAt } = learned ?? { absentAt: 0, thereAt: 0 };
          expect(absentAt >= 0 && absentAt <= thereAt && thereAt <= 240).toBe(true);
        },
      ),
    );
  });
});
