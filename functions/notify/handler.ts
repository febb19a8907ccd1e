import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { acknowledgeDrills } from '#app/lane/acknowledge-drills.ts';
import { apartFromDrills } from '#app/lane/apart-from-drills.ts';
import { noteDrillNews } from '#app/notify/note-drill-news.ts';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import { readMessageContext } from '#app/notify/read-message-context.ts';
import { clientOptions, queueClientOptions } from '#aws/client/client-options.ts';
import { readSecret } from '#aws/client/read-secret.ts';
import { readSeries } from '#aws/cloudwatch/read-series.ts';
import { keepHop } from '#aws/dynamodb/drills.ts';
import { outbox } from '#aws/dynamodb/outbox.ts';
import { postpone, quarantine, sendMessage } from '#aws/messaging/queue.ts';
import { sendThrough } from '#channels/channels.ts';
import { configuration } from '#lambda/configuration.ts';
import { readEnvironment } from '#lambda/environment.ts';
import { sqsHandler } from '#lambda/sqs-handler.ts';
import { takeNote } from '#lambda/take-note.ts';
import { parseDashboardPages } from '#parse/dashboard-pages.ts';
import { parseMailTopics } from '#parse/mail-topics.ts';
import { parseNewsMessage } from '#parse/news-message.ts';
import { openingOf } from '#schedule/opening-of.ts';

const env = readEnvironment(process.env, [
  'TABLE_NAME',
  'QUEUE_URL',
  'QUARANTINE_QUEUE_URL',
  'MAIL_TOPIC_ARNS',
  'DASHBOARD_NAMES',
  'TIDEGATE_SERVICE',
  'TIDEGATE_STAGE',
  'AWS_REGION',
  'ACCOUNT_ID',
]);
const where = {
  service: env.TIDEGATE_SERVICE,
  stage: env.TIDEGATE_STAGE,
  region: env.AWS_REGION,
  account: env.ACCOUNT_ID,
};
const mailTopics = parseMailTopics(env.MAIL_TOPIC_ARNS);
if (!mailTopics.ok) throw new Error(mailTopics.problem.message);

const dynamo = new DynamoDBClient(clientOptions);
const sqs = new SQSClient(queueClientOptions);
const hops = { keepHop: keepHop(dynamo, env.TABLE_NAME), note: takeNote, now: Date.now };
/** A message that was perhaps sent is not the SDK's to send again, and no chart is worth waiting for. */
const onceOptions = { ...clientOptions, maxAttempts: 1 };
const cloudWatch = new CloudWatchClient(onceOptions);

/** Outcomes and alarms in, messages to operators out. */
export const handler = sqsHandler({
  parse: parseNewsMessage,
  handle: apartFromDrills(
    noteDrillNews(
      hops,
      notifyOperators({
        configuration,
        where,
        outbox: outbox(dynamo, env.TABLE_NAME),
        retell: sendMessage(sqs, env.QUEUE_URL),
        openingOf,
        readMessageContext: readMessageContext({
          groups: configuration.groups,
          fleets: configuration.fleets,
          where,
          table: env.TABLE_NAME,
          dashboards: parseDashboardPages(env.DASHBOARD_NAMES),
          readSeries: readSeries(cloudWatch),
        }),
        send: sendThrough({
          fetch,
          readSecret: readSecret(new SSMClient(clientOptions), Date.now),
          sns: new SNSClient(onceOptions),
          ses: new SESv2Client(onceOptions),
          mailTopics: mailTopics.value,
          region: env.AWS_REGION,
          now: Date.now,
        }),
        note: takeNote,
        now: Date.now,
      }),
    ),
    acknowledgeDrills(hops, 'alarm-to-notify'),
  ),
  quarantine: quarantine(sqs, env.QUARANTINE_QUEUE_URL),
  postpone: postpone(sqs, env.QUEUE_URL),
  // An outage of Slack is sat out: 20 receives at this pace take more than four hours.
  random: Math.random,
  note: takeNote,
  retryCapSeconds: 900,
});
