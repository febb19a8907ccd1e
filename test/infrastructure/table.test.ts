import { describe, expect, test } from '@jest/globals';
import { table } from '#infrastructure/table.ts';

const tableAt = (stage: string) => table({ service: 'tidegate', stage }).Table!;

describe('the table', () => {
  test.each(['prod', 'production', 'prod-eu', 'production-2'])(
    'of the stage %s outlives its stack, and is not deleted by a slip of the hand',
    (stage) => {
      const { DeletionPolicy, UpdateReplacePolicy, Properties } = tableAt(stage);

      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
      expect(Properties.DeletionProtectionEnabled).toBe(true);
    },
  );

  test.each(['dev', 'test', 'product', 'preprod', 'pre-prod'])(
    'of the stage %s goes with its stack',
    (stage) => {
      const resource = tableAt(stage);

      expect(Object.keys(resource)).toEqual(['Type', 'Properties']);
      expect(resource.Properties.DeletionProtectionEnabled).toBe(false);
    },
  );

  test('has a pair of keys, costs nothing at rest, forgets by itself and can be restored', () => {
    expect(tableAt('dev').Properties).toEqual({
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'openLane', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'open-heads',
          KeySchema: [
            { AttributeName: 'openLane', KeyType: 'HASH' },
            { AttributeName: 'pk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      DeletionProtectionEnabled: false,
    });
  });
});
