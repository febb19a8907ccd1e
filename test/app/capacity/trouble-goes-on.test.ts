import { describe, expect, test } from '@jest/globals';
import type { Rule } from '#domain/configuration/rule.ts';
import {
  aGroup,
  anAlarmRule,
  CPU_HIGH,
  CPU_LOW,
  minutes,
  NOON,
  someInstances,
} from '#test/support/builders.ts';
import { CPU, REQUESTS, seen } from '#test/support/readings.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

const BUSY = anAlarmRule('busy');

const following = (metric: string): Rule => ({
  kind: 'track',
  name: metric,
  metric,
  target: 50,
  isTotal: false,
  onMissing: 'hold',
});

/** A group at its maximum, with two rules that add. */
const atItsMaximum = () => {
  const { world, scale } = aScaleWorld([aGroup({ rules: [CPU_HIGH, BUSY] })]);
  world.change('web-prod', { capacityDesired: 10, instances: someInstances(10) });
  const inMinutes = async (age: number, ...turned: Parameters<typeof turn>[]): Promise<void> => {
    world.now = NOON + minutes(age);
    await scale(...turned.map((each) => turn(...each)));
  };
  return { world, inMinutes };
};

const told = ({ published }: ReturnType<typeof aScaleWorld>['world']): readonly string[] =>
  published.map(({ kind, reason }) => `${kind} ${reason}`);

const recorded = ({ ledger }: ReturnType<typeof aScaleWorld>['world']): readonly string[] =>
  ledger.entries.map(({ status, goesOn }) => `${status}${goesOn ? ', goes on' : ''}`);

describe('trouble that goes on', () => {
  test('is told once, though other alarms fire meanwhile', async () => {
    const { world, inMinutes } = atItsMaximum();
    await inMinutes(0, [world, CPU_HIGH]);
    await inMinutes(1, [world, BUSY]);
    await inMinutes(15, [world, CPU_HIGH, 'OK']);
    await inMinutes(19, [world, CPU_HIGH]);

    expect(told(world)).toEqual(['at-max AtMaximum']);
  });

  test('is recorded each time that other alarms fire', async () => {
    const { world, inMinutes } = atItsMaximum();
    await inMinutes(0, [world, CPU_HIGH]);
    await inMinutes(1, [world, BUSY]);
    await inMinutes(15, [world, CPU_HIGH, 'OK']);

    expect(recorded(world)).toEqual(['held', 'held, goes on', 'held, goes on']);
  });

  test('is told again when it was over meanwhile', async () => {
    const { world, inMinutes } = atItsMaximum();
    await inMinutes(0, [world, CPU_HIGH]);
    await inMinutes(5, [world, CPU_HIGH, 'OK']);
    await inMinutes(9, [world, CPU_HIGH]);

    expect(told(world)).toEqual(['at-max AtMaximum', 'held Steady', 'at-max AtMaximum']);
  });

  test('is told when it is another trouble than before', async () => {
    const { world, inMinutes } = atItsMaximum();
    await inMinutes(0, [world, CPU_HIGH]);
    world.change('web-prod', { suspendedProcesses: ['Launch'] });
    await inMinutes(1, [world, BUSY]);

    expect(told(world)).toEqual(['at-max AtMaximum', 'blocked ProcessSuspended']);
  });

  test('is another one when the group may not grow than when it may not shrink', async () => {
    const { world, scale } = aScaleWorld([aGroup({ rules: [CPU_LOW, BUSY] })]);
    world.change('web-prod', { suspendedProcesses: ['Launch', 'Terminate'] });
    turn(world, BUSY, 'OK');
    await scale(turn(world, CPU_LOW));
    world.now = NOON + minutes(3);
    await scale(turn(world, BUSY));

    expect(world.published.map(({ summary }) => /\w+ is suspended/.exec(summary)?.[0])).toEqual([
      'Terminate is suspended',
      'Launch is suspended',
    ]);
    expect(recorded(world)).toEqual(['held', 'held']);
  });

  test('is another one when one more metric is refused', async () => {
    const { world, scale } = aScaleWorld([
      aGroup({
        rules: [following('cpu'), following('requests')],
        metrics: { cpu: CPU, requests: REQUESTS },
      }),
    ]);
    world.readings.set(CPU, { refusal: 'no such statistic' });
    world.readings.set(REQUESTS, seen(50));
    await scale(request('web'));
    world.now = NOON + minutes(1);
    await scale(request('web'));
    world.readings.set(REQUESTS, { refusal: 'no such dimension' });
    world.now = NOON + minutes(2);
    await scale(request('web'));

    expect(told(world)).toEqual(['blocked MetricRefused', 'blocked MetricRefused']);
  });

  test('is told once when AWS refuses the same change again and again', async () => {
    const { world, scale } = aScaleWorld([aGroup({ rules: [CPU_HIGH] })]);
    const denied = { kind: 'refused', reason: 'AccessDenied', detail: 'not authorized' } as const;
    world.answers.push(denied, denied, denied);
    for (const minute of [0, 1, 2]) {
      world.now = NOON + minutes(minute);
      await scale(turn(world, CPU_HIGH));
    }

    expect(told(world)).toEqual(['failed AccessDenied']);
    expect(recorded(world).filter((each) => each.startsWith('refused'))).toEqual([
      'refused',
      'refused, goes on',
      'refused, goes on',
    ]);
  });

  test('is told again of a head that an earlier version wrote, which does not say whether it was trouble', async () => {
    const { world, inMinutes } = atItsMaximum();
    await inMinutes(0, [world, CPU_HIGH]);
    const { last, ...head } = world.head() ?? { version: 0, untold: [] };
    const { trouble: _unknown, ...before } = last ?? { id: '', signature: '' };
    await world.ledger.write('web', { ...head, version: head.version + 1, last: before } as never);
    await inMinutes(1, [world, BUSY]);

    expect(told(world)).toEqual(['at-max AtMaximum', 'at-max AtMaximum']);
  });
});
