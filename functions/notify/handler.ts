import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { notifyOperators } from '../../shared/app/notify-operators.ts';
import { budgets } from '../../shared/aws/budgets.ts';
import { clientOptions, queueClientOptions } from '../../shared/aws/client-options.ts';
import { notices } from '../../shared/aws/notices.ts';
import { postpone, quarantine } from '../../shared/aws/queue.ts';
import { readSecret } from '../../shared/aws/secrets.ts';
import { sendEmail } from '../../shared/channels/email.ts';
import { sendToPagerDuty } from '../../shared/channels/pagerduty.ts';
import { sendThrough } from '../../shared/channels/send.ts';
import { sendToSlack } from '../../shared/channels/slack.ts';
import { sendToTeams } from '../../shared/channels/teams.ts';
import { sendToWebhook } from '../../shared/channels/webhook.ts';
import { configuration } from '../../shared/lambda/configuration.ts';
import { readEnvironment } from '../../shared/lambda/environment.ts';
import { sqsHandler } from '../../shared/lambda/sqs-handler.ts';
import { takeNote } from '../../shared/lambda/take-note.ts';
import { parseMailTopics } from '../../shared/parse/mail-topics.ts';
import { parseNewsMessage } from '../../shared/parse/news-message.ts';

const env = readEnvironment(process.env, [
  'TABLE_NAME',
  'QUEUE_URL',
  'QUARANTINE_QUEUE_URL',
  'MAIL_TOPIC_ARNS',
]);
const mailTopics = parseMailTopics(env.MAIL_TOPIC_ARNS);
if (!mailTopics.ok) throw new Error(mailTopics.problem.message);

const dynamo = new DynamoDBClient(clientOptions);
const sqs = new SQSClient(queueClientOptions);
const webhooks = { fetch, readSecret: readSecret(new SSMClient(clientOptions), Date.now) };
/** A message that was perhaps sent is not the SDK's to send again. */
const mail = new SNSClient({ ...clientOptions, maxAttempts: 1 });

/** Outcomes and alarms in, messages to operators out. */
export const handler = sqsHandler({
  parse: parseNewsMessage,
  handle: notifyOperators({
    configuration,
    notices: notices(dynamo, env.TABLE_NAME),
    budgets: budgets(dynamo, env.TABLE_NAME),
    send: sendThrough({
      slack: sendToSlack(webhooks),
      teams: sendToTeams(webhooks),
      webhook: sendToWebhook({ ...webhooks, now: Date.now }),
      pagerduty: sendToPagerDuty(webhooks),
      email: sendEmail(mail, mailTopics.value),
    }),
    note: takeNote,
    now: Date.now,
  }),
  quarantine: quarantine(sqs, env.QUARANTINE_QUEUE_URL),
  postpone: postpone(sqs, env.QUEUE_URL),
  // An outage of Slack is sat out: 20 receives at this pace take more than four hours.
  random: Math.random,
  note: takeNote,
  retryCapSeconds: 900,
});
