import { describeParameter, type SlackBotChannel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import { isNewest, type Thread } from '#domain/notify/thread.ts';
import type { ChannelDisplay } from './channel-kind.ts';
import { chartPng } from './chart/draw-chart.ts';
import { renderJson, storeCommand } from './describe-fix.ts';
import type { WebhookPorts } from './post-to-channel.ts';
import { codeOf } from './request-error.ts';
import { cap, oneLine } from './safe-text.ts';
import { callSlack, isThreadGone } from './slack-api.ts';
import { slackHead, slackMessage } from './slack-message.ts';

/**
 * Speaks in a Slack channel as an app: one thread for each incident, whose first message always shows how
 * it stands now. A token that was renewed is read again before anything is given up.
 */
export const sendToSlackBot =
  ({ fetch, readSecret }: WebhookPorts) =>
  async (channel: SlackBotChannel, message: Message, thread?: Thread): Promise<Delivery> => {
    const speakWith = async (isFresh: boolean): Promise<Delivery> => {
      const token = (await readSecret(channel.tokenParameter, isFresh)).trim();
      if (!TOKEN.test(token)) return { kind: 'broken', detail: noToken(channel) };
      return speak(callSlack(fetch, { origin: channel.origin, token }), {
        channel,
        message,
        thread,
      });
    };

    try {
      const delivery = await speakWith(false);
      return delivery.kind === 'broken' ? await speakWith(true) : delivery;
    } catch (thrown) {
      const detail = `the parameter ${channel.tokenParameter} could not be read: ${codeOf(thrown)}`;
      return { kind: 'failed', detail };
    }
  };

const TOKEN = /^xox[\w.-]+$/;

const noToken = ({ tokenParameter }: SlackBotChannel): string =>
  `the parameter ${tokenParameter} holds no token of Slack (xoxb-…)`;

type SlackCall = ReturnType<typeof callSlack>;
type Speech = Readonly<{ channel: SlackBotChannel; message: Message; thread: Thread | undefined }>;

const speak = async (call: SlackCall, speech: Speech): Promise<Delivery> => {
  const { channel, message, thread } = speech;
  const posted = await call('chat.postMessage', {
    channel: channel.conversation,
    ...slackMessage(message),
    ...(thread === undefined ? {} : inThread(thread, message)),
  });
  if (thread !== undefined && posted.kind === 'refused' && isThreadGone(posted.error)) {
    return speak(call, { ...speech, thread: undefined });
  }
  if (posted.kind !== 'ok') return posted.delivery;

  const isInThread = thread !== undefined && (posted.thread ?? thread.root) === thread.root;
  const root = isInThread ? thread.root : posted.ts;
  if (isInThread) await showState(call, speech, root);
  await showChart(call, speech, root);
  return { kind: 'sent', sentAs: root };
};

/** Critical messages are seen by everybody, also by those who do not follow the thread. */
const inThread = ({ root }: Thread, { severity, incident }: Message) => ({
  thread_ts: root,
  reply_broadcast: severity === 'critical' && incident.phase === 'opened',
});

/** The message is told already: what only adorns it may fail. */
const showState = async (
  call: SlackCall,
  { channel, message, thread }: Speech,
  ts: string,
): Promise<void> => {
  if (thread === undefined || !isNewest(thread, message)) return;
  await call('chat.update', { channel: channel.conversation, ts, ...slackHead(message, thread) });
};

/** Slack takes an `alt_txt` of 1,000 characters. */
const MOST_TITLE = 250;

/** Slack takes a file in three steps: https://docs.slack.dev/messaging/working-with-files */
const showChart = async (
  call: SlackCall,
  { channel, message }: Speech,
  thread: string,
): Promise<void> => {
  if (message.chart === undefined) return;

  const png = chartPng(message.chart);
  const title = cap(oneLine(message.chart.title), MOST_TITLE);
  const place = await call('files.getUploadURLExternal', {
    filename: 'metric.png',
    length: png.byteLength,
    alt_txt: title,
  });
  if (place.kind !== 'ok' || place.uploadUrl === undefined) return;
  if (!(await call.upload(place.uploadUrl, png))) return;
  await call('files.completeUploadExternal', {
    files: [{ id: place.fileId, title }],
    channel_id: channel.conversation,
    thread_ts: thread,
  });
};

export const slackBotDisplay: ChannelDisplay<SlackBotChannel> = {
  describe: ({ conversation, tokenParameter }) =>
    `Slack channel ${conversation}, by the bot token in ${describeParameter(tokenParameter)}`,
  render: (message) => renderJson(slackMessage(message)),
  extension: 'json',
  fix: (channel) =>
    `invite the app into the channel, give it the scopes chat:write and files:write, or store its new token: ${storeCommand(channel)}`,
};
