import { describe, expect, test } from '@jest/globals';
import {
  aGroup,
  anAlarmRule,
  CPU_HIGH,
  minutes,
  NOON,
  someInstances,
} from '#test/support/builders.ts';
import { aScaleWorld, turn } from '#test/support/scale-world.ts';

const BUSY = anAlarmRule('busy');

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

    expect(world.ledger.entries.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'open held',
      'open held',
      'open held',
    ]);
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
