import { describe, expect, test } from '@jest/globals';
import type { Rule } from '#domain/configuration/rule.ts';
import { aGroup, CPU_HIGH, minutes } from '#test/support/builders.ts';
import { CPU, seen } from '#test/support/readings.ts';
import { aScaleWorld, request } from '#test/support/scale-world.ts';

const BACKLOG = { ...CPU, metricName: 'Backlog' };

const track = (metric: string, overrides: Partial<Rule> = {}): Rule =>
  ({
    kind: 'track',
    name: `keep-${metric}`,
    metric,
    target: 50,
    isTotal: false,
    onMissing: 'hold',
    ...overrides,
  }) as Rule;

const tracking = (name: string, rules: readonly Rule[]) =>
  aGroup({
    name,
    autoScalingGroup: `${name}-prod`,
    rules,
    metrics: { cpu: CPU, backlog: BACKLOG },
  });

describe('groups whose rules read metrics', () => {
  test('are read in one call, however many there are, and each decides on its own', async () => {
    const groups = [tracking('web', [track('cpu')]), tracking('work', [track('backlog')])];
    const { world, scale } = aScaleWorld(groups);
    world.readings.set(CPU, seen(100));
    world.readings.set(BACKLOG, seen(200));

    await scale(request('web'), request('work'));
    expect(world.calls.filter((port) => port === 'readMetrics')).toHaveLength(1);
    expect(world.sets).toEqual([
      { name: 'web-prod', capacity: 8 },
      { name: 'work-prod', capacity: 10 },
    ]);
  });

  test('add by a total that is arriving, and record what was seen of it', async () => {
    const { world, scale } = aScaleWorld([tracking('web', [track('backlog')])]);
    const arriving = { value: 200, at: world.now - minutes(1) };
    world.readings.set(BACKLOG, { ...seen(100, 240), arriving });
    await scale(request('web'));

    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 10 }]);
    expect(world.ledger.entries.find(({ kind }) => kind === 'open')).toMatchObject({
      observation: { readings: { backlog: { value: 100 } }, arriving: { backlog: arriving } },
    });
  });

  test('ask for no metric that no rule reads, and for none at all when none does', async () => {
    const { world, scale } = aScaleWorld([aGroup({ metrics: { cpu: CPU }, rules: [CPU_HIGH] })]);
    await scale(request('web'));

    expect(world.calls).not.toContain('readMetrics');
  });

  test('stay as they are when there is no data', async () => {
    const { world, scale } = aScaleWorld([tracking('web', [track('cpu')])]);
    await scale(request('web'));

    expect(world.sets).toEqual([]);
    expect(world.notesOf('decided')[0]?.decision.trace[0]).toMatchObject({ reason: 'MissingData' });
  });

  test('go on when CloudWatch refuses the metric of another, whose people are told', async () => {
    const groups = [tracking('web', [track('cpu')]), tracking('work', [track('backlog')])];
    const { world, scale } = aScaleWorld(groups);
    world.readings.set(CPU, { refusal: `Error in expression${'!'.repeat(600)}` });
    world.readings.set(BACKLOG, seen(200));

    await scale(request('web'), request('work'));
    expect(world.sets).toEqual([{ name: 'work-prod', capacity: 10 }]);
    const told = world.published.filter(({ group }) => group === 'web');
    expect(told).toMatchObject([{ kind: 'blocked', reason: 'MetricRefused' }]);
    expect(told[0]?.summary).toMatch(/keep-cpu is blind: CloudWatch refuses to read cpu: Error in/);
    expect(told[0]?.summary.length).toBeLessThan(620);
  });

  test('are tried again when CloudWatch cannot be asked: that is no missing data', async () => {
    const fallback = track('cpu', { onMissing: { fallback: 9 } } as Partial<Rule>);
    const { world, scale } = aScaleWorld([tracking('web', [fallback])]);
    world.around = (port, call) =>
      port === 'readMetrics' ? Promise.reject(new Error('Rate exceeded')) : call();

    await expect(scale(request('web'))).rejects.toThrow('Rate exceeded');
    expect(world.sets).toEqual([]);
  });

  test('remember a new wish as long as a window is open, and write nothing when it stays', async () => {
    const group = tracking('web', [track('cpu')]);
    const { world, scale } = aScaleWorld([
      {
        ...group,
        behavior: {
          ...group.behavior,
          scaleIn: { ...group.behavior.scaleIn, stabilizeSeconds: 300 },
        },
      },
    ]);
    const minute = async (value: number): Promise<void> => {
      world.now += minutes(1);
      world.readings.set(CPU, { whole: { value, at: world.now - minutes(2) } });
      await scale(request('web'));
    };
    await minute(50);
    await minute(25);
    expect(world.sets).toEqual([]);
    expect(world.head()?.wishes.map(({ capacity }) => capacity)).toEqual([4, 2]);

    const { version } = world.head() ?? {};
    for (let passed = 0; passed < 4; passed += 1) await minute(25);
    expect(world.head()?.version).toBe(version);
    await minute(25);
    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 2 }]);
  });
});

test('a schedule opens by the clock of the evaluation', async () => {
  const office: Rule = {
    kind: 'schedule',
    name: 'office',
    min: 6,
    window: {
      kind: 'recurring',
      start: '0 10 * * *',
      end: '0 18 * * *',
      timezone: 'Europe/Berlin',
    },
  };
  const { world, scale } = aScaleWorld([aGroup({ rules: [office] })]);
  world.now = Date.parse('2026-03-02T08:59:59Z');
  await scale(request('web'));
  expect(world.sets).toEqual([]);

  world.now = Date.parse('2026-03-02T09:00:00Z');
  await scale(request('web'));
  expect(world.sets).toEqual([{ name: 'web-prod', capacity: 6 }]);
});
