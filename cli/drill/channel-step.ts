import { tidegateCommand } from '#domain/basics/whereabouts.ts';
import type { NoticeStatus } from '#domain/notify/notice.ts';
import type { DrillPlace } from './drill-place.ts';
import { type DrillStep, missed, passed } from './step.ts';

/** The step of a channel that should have been told, by the key of the news. */
export const channelStep = async (
  { drills, place, startedAt }: DrillPlace,
  channel: string,
  key: string,
): Promise<DrillStep> => {
  const hop = `channel ${channel}`;
  const end = await drills.readNoticeEnd(channel, key);
  if (end?.kind === 'sent') return passed(hop, (end.at ?? startedAt) - startedAt, 'was told');

  const test = `send it one message: ${tidegateCommand(`notify --test ${channel}`, place)}`;
  return end === undefined
    ? missed(
        hop,
        'the message waits there',
        `quiet hours, a spent budget or a broken channel hold it (${tidegateCommand('status', place)}); ${test}`,
      )
    : missed(hop, ENDINGS[end.kind], test);
};

const ENDINGS: Readonly<Record<Exclude<NoticeStatus['kind'], 'sent'>, string>> = {
  refused: 'the channel refused the message',
  uncertain: 'no answer came: it may have been told or not',
  'failed-over': 'the channel is broken, and the message went to another',
  dropped: 'the channel is broken, and the message was dropped',
  needless: 'the message was left out as needless',
};
