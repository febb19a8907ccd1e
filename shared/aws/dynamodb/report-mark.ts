import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ReportMark } from '#domain/report/due-report.ts';
import type { Instant } from '#domain/time/instant.ts';
import { readItem } from './read-item.ts';

const KEY = { pk: 'SWEEP', sk: 'REPORT' } as const;

/** Reads until which due time reports are told; nothing before the first look with a schedule. */
export const readReportMark =
  (client: DynamoDBClient, table: string) => async (): Promise<ReportMark | undefined> => {
    const item = await readItem(client, table, KEY);
    const at = Date.parse(item?.at?.S ?? '');
    if (item?.schedule?.S === undefined || Number.isNaN(at)) return undefined;
    return { schedule: item.schedule.S, at };
  };

/** Writes it, if it still says what was read: another look that was faster has told the same report. */
export const writeReportMark =
  (client: DynamoDBClient, table: string) =>
  async (before: ReportMark | undefined, next: ReportMark): Promise<void> => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            pk: { S: KEY.pk },
            sk: { S: KEY.sk },
            at: { S: isoOf(next.at) },
            schedule: { S: next.schedule },
          },
          ...whileUnchanged(before),
        }),
      );
    } catch (thrown) {
      const isChanged =
        thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException';
      if (!isChanged) throw thrown;
    }
  };

const whileUnchanged = (before: ReportMark | undefined) =>
  before === undefined
    ? {
        ConditionExpression: 'attribute_not_exists(#at)',
        ExpressionAttributeNames: { '#at': 'at' },
      }
    : {
        ConditionExpression: '#at = :at AND #schedule = :schedule',
        ExpressionAttributeNames: { '#at': 'at', '#schedule': 'schedule' },
        ExpressionAttributeValues: {
          ':at': { S: isoOf(before.at) },
          ':schedule': { S: before.schedule },
        },
      };

const isoOf = (at: Instant): string => new Date(at).toISOString();
