import { OPEN_HEADS_INDEX } from '#domain/health/left-behind.ts';
import type { Deployment, Resources } from './template.ts';

/** Stages such as prod, production or prod-eu. */
const PRODUCTION = /^prod(uction)?(-|$)/;

/** The ledger. In production neither CloudFormation nor a slip of the hand deletes it. */
export const table = ({ stage }: Deployment): Resources => {
  const isProduction = PRODUCTION.test(stage);

  return {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      ...(isProduction ? { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } : {}),
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
          { AttributeName: 'openLane', AttributeType: 'S' },
        ],
        // Only heads with which something must still be done have an openLane: the index is almost empty.
        GlobalSecondaryIndexes: [
          {
            IndexName: OPEN_HEADS_INDEX,
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
        DeletionProtectionEnabled: isProduction,
      },
    },
  };
};
