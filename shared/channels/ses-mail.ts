import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { MailChannel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { Thread } from '#domain/notify/thread.ts';
import type { ChannelDisplay, Sender } from './channel-kind.ts';
import { chartPng } from './chart/draw-chart.ts';
import { codeOf, isUnreached, statusOf } from './request-error.ts';
import { cap, oneLine } from './safe-text.ts';
import { CHART_ID, mailHtml } from './ses-mail-html.ts';
import { emailBody, senderIn } from './sns-email-text.ts';

/** Longer subjects are cut by every mail program. */
const MAX_SUBJECT = 200;

/**
 * Sends a message as HTML through SES; what belongs to one incident refers to its first mail and keeps its
 * subject, so that mail programs show one conversation. SES cannot tell a repeat: give the client
 * `maxAttempts: 1`.
 */
export const sendMail =
  (client: SESv2Client, region: string) =>
  async ({ address, from }: MailChannel, message: Message, thread?: Thread): Promise<Delivery> => {
    const content = { Simple: { ...lettersOf(message, thread), ...pictureOf(message) } };
    try {
      const { MessageId = '' } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [address] },
          Content: content,
        }),
      );
      return { kind: 'sent', sentAs: thread?.root ?? `<${MessageId}@${hostOf(region)}>` };
    } catch (thrown) {
      return { kind: kindOf(thrown), detail: `SES did not take the mail: ${codeOf(thrown)}` };
    }
  };

export const mailSender: Sender<MailChannel> = ({ ses, region }) => sendMail(ses, region);

const lettersOf = (message: Message, thread: Thread | undefined) => {
  const subject = cap(
    oneLine(`${senderIn(message)} ${thread?.title ?? message.title}`),
    MAX_SUBJECT,
  );
  return {
    Subject: utf8(thread === undefined ? subject : `Re: ${subject}`),
    Body: { Text: utf8(emailBody(message)), Html: utf8(mailHtml(message)) },
    Headers: [
      { Name: 'Auto-Submitted', Value: 'auto-generated' },
      ...(thread === undefined
        ? []
        : [
            { Name: 'In-Reply-To', Value: thread.root },
            { Name: 'References', Value: thread.root },
          ]),
    ],
  };
};

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

const pictureOf = ({ chart }: Message) =>
  chart === undefined
    ? {}
    : {
        Attachments: [
          {
            FileName: 'metric.png',
            ContentType: 'image/png',
            ContentId: CHART_ID,
            ContentDisposition: 'INLINE' as const,
            RawContent: chartPng(chart),
          },
        ],
      };

/** The host that SES writes into the Message-ID: the oldest Region has a name of its own. */
const hostOf = (region: string): string =>
  `${region === 'us-east-1' ? 'email' : region}.amazonses.com`;

const kindOf = (thrown: unknown): 'broken' | 'refused' | 'failed' | 'unclear' => {
  const code = codeOf(thrown);
  if (BREAKING.includes(code)) return 'broken';
  if (code === 'BadRequestException') return 'refused';
  return statusOf(thrown) !== undefined || isUnreached(thrown) ? 'failed' : 'unclear';
};

/** An address that is not verified or an account that may not send: a person must fix that. */
const BREAKING = [
  ...['MessageRejected', 'MailFromDomainNotVerifiedException'],
  ...['AccountSuspendedException', 'SendingPausedException', 'NotFoundException'],
  'AccessDeniedException',
];

export const mailDisplay: ChannelDisplay<MailChannel> = {
  describe: ({ address, from }) => `${address}, as HTML from ${from}`,
  render: mailHtml,
  extension: 'html',
  fix: () =>
    'verify the sender in SES, in this Region; while the account is in the sandbox, the receiver, too',
  action: 'ses:SendEmail',
};
