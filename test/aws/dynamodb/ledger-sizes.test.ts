import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ledger } from '#aws/dynamodb/ledger.ts';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { GroupObservation } from '#domain/capacity/observation.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import type { HealthObservation, Target } from '#domain/health/health-observation.ts';
import type { Entry } from '#domain/lane/entry.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { Instance } from '#domain/observed/group-state.ts';
import { parseRecord } from '#parse/record/parse-record.ts';
import { asPrinted, createTable, sizeOf, type TableItem } from '#simulator/services/table.ts';
import {
  aGroupState,
  aHealthObservation,
  anInstance,
  anObservation,
  aScaleHead,
  aTarget,
  CPU_HIGH,
  firing,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';

const noise = (index: number, length: number): string =>
  createHash('shake256', { outputLength: length }).update(`${index}`).digest('hex');

/** Instances as AWS names them: nothing of their names can be compressed. */
const realInstances = (count: number): readonly Instance[] =>
  Array.from({ length: count }, (_, index) =>
    anInstance({
      id: `i-0${noise(index, 8)}`,
      availabilityZone: `eu-central-1${'abc'[index % 3]}`,
      instanceType: 'm6i.2xlarge',
      launchTemplateVersion: '12',
    }),
  );

const large = (count: number): GroupObservation =>
  firing(CPU_HIGH, {
    state: aGroupState({
      capacityDesired: count,
      capacityMax: 20_000,
      instances: realInstances(count),
    }),
  });

/** So many members, each in three target groups, of which the first one fails. */
const largeToHeal = (count: number): HealthObservation => {
  const instances = realInstances(count);
  const targets = ['web', 'api', 'admin'].flatMap((name) =>
    instances.map(({ id }, index): Target => {
      const targetGroupArn = TARGET_GROUP_ARN.replace('/web/', `/${name}/`);
      return aTarget({
        targetGroupArn,
        id,
        port: 8_080,
        ...(index === 0 ? { state: 'unhealthy', reason: 'Target.Timeout' } : {}),
      });
    }),
  );
  const state = aGroupState({ capacityDesired: count, capacityMax: 20_000, instances });
  return aHealthObservation({}, { state, targets });
};

const setUp = () => {
  const table = createTable();
  const client = table as unknown as Parameters<typeof ledger>[0];
  const { write } = ledger<Head>(client, 'tidegate', 'scale');
  const open = (decision: Decision, observation: GroupObservation | HealthObservation) => {
    const entry: Entry = { kind: 'open', status: 'planned', decision, observation };
    return write('web', aScaleHead({ version: 1 }), entry);
  };
  const under = (prefix: string): readonly TableItem[] =>
    table.items().filter(({ sk }) => sk?.S?.startsWith(prefix));
  return { table, write, open, under };
};

describe('the record of a decision', () => {
  test.each([100, 2_500, 10_000])(
    'of %i instances is kept, and read back to the byte',
    async (count) => {
      const { open, under } = setUp();
      const observation = large(count);
      const decision = decideCapacity(observation);

      expect(await open(decision, observation)).toBe(true);
      expect(under('DECISION#')).toHaveLength(1);
      expect(under('DECISION#')[0]).not.toHaveProperty('recordMissing');
      const record = parseRecord(asPrinted([...under('DECISION#'), ...under('RECORD#')]));
      expect(record).toEqual({ ok: true, value: { kind: 'capacity', observation, decision } });
    },
  );

  test.each([100, 1_000, 3_000])('of %i members in three target groups, too', async (count) => {
    const { open, under } = setUp();
    const observation = largeToHeal(count);
    const decision = decideHealth(observation);

    expect(await open(decision, observation)).toBe(true);
    const record = parseRecord(
      asPrinted([...under('RECORD#'), ...under('DECISION#')].toReversed()),
    );
    expect(record).toEqual({ ok: true, value: { kind: 'health', observation, decision } });
  });

  test('lies in the entry while it is small, and beside it when closing would pay for it again', async () => {
    const { open, under } = setUp();
    await open(decideCapacity(large(100)), large(100));
    expect(under('RECORD#')).toEqual([]);
    expect(sizeOf(under('DECISION#')[0] ?? {})).toBeLessThan(8_000);

    const other = setUp();
    await other.open(decideCapacity(large(10_000)), large(10_000));
    expect(sizeOf(other.under('DECISION#')[0] ?? {})).toBeLessThan(1_000);
    expect(other.under('DECISION#')[0]?.pieces).toEqual({ N: '1' });
    expect(other.under('RECORD#').map(({ sk }) => sk?.S)).toEqual([
      'RECORD#2026-03-02T09:00:00.000Z#web-1#01',
    ]);
  });

  test('in several pieces is told how to be got', async () => {
    const { open, under } = setUp();
    const observation = anObservation({ state: aGroupState({ stack: noise(1, 500_000) }) });
    await open(decideCapacity(observation), observation);

    expect(under('RECORD#')).toHaveLength(2);
    expect(parseRecord(asPrinted(under('DECISION#')))).toMatchObject({
      ok: false,
      problem: [
        {
          message: expect.stringContaining(
            `the record is large and lies beside its entry; get it with: aws dynamodb query --table-name TABLE --key-condition-expression "pk = :pk AND begins_with(sk, :sk)" --expression-attribute-values '{":pk":{"S":"GROUP#web"},":sk":{"S":"RECORD#2026-03-02T09:00:00.000Z#web-1#"}}'`,
          ),
        },
      ],
    });
    expect(parseRecord(asPrinted(under('RECORD#').slice(1)))).toMatchObject({
      problem: [{ message: expect.stringContaining('the record is packed, and not whole') }],
    });
  });

  test('that cannot be kept at all is left out, and the entry says why', async () => {
    const { open, under } = setUp();
    const observation = anObservation({
      alarms: [],
      state: aGroupState({ stack: noise(1, 4_000_000) }),
    });

    expect(await open(decideCapacity(observation), observation)).toBe(true);
    expect(under('DECISION#')[0]?.recordMissing?.S).toMatch(
      /^it has \d{7} bytes packed, and at most 3145728 can be written at once$/,
    );
    expect(parseRecord(asPrinted(under('DECISION#')))).toMatchObject({
      problem: [
        { message: expect.stringContaining('the entry was written without its record: it has') },
      ],
    });
  });

  test('gives way to the decision when the table has no throughput left for it', async () => {
    const { table, open, under } = setUp();
    table.throttle((bytes) => bytes > 10_000);

    expect(await open(decideCapacity(large(2_500)), large(2_500))).toBe(true);
    expect(under('HEAD#')).toHaveLength(1);
    expect(under('DECISION#')[0]?.recordMissing?.S).toMatch(/ThrottlingError$/);
  });
});
