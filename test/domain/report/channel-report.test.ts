import { describe, expect, test } from '@jest/globals';
import { NO_COUNTS } from '#domain/notify/channel-counts.ts';
import { describeChannelReport } from '#domain/report/channel-report.ts';
import { describeChannelReports } from '#domain/report/describe-report.ts';

const slack = { channel: 'slack', ...NO_COUNTS };

describe('what a channel was told, in words', () => {
  test.each([
    [{}, 'nothing was told'],
    [{ messages: 1, told: 1 }, '1 message'],
    [{ messages: 2, told: 2 }, '2 messages'],
    [
      { messages: 34, told: 112, gathered: 90 },
      '34 messages about 112 pieces of news, of which 90 were gathered',
    ],
    [
      { messages: 2, told: 2, failedOver: 3, dropped: 4, refused: 5, uncertain: 6 },
      '2 messages; 3 told on another channel; 4 dropped while the channel was broken; 5 refused by the channel; 6 perhaps not told',
    ],
  ])('%j is: %s', (counts, words) => {
    expect(describeChannelReport({ ...slack, ...counts })).toBe(words);
  });

  test('has a line for each channel, under the span', () => {
    const mail = { ...slack, channel: 'mail', messages: 1, told: 1 };

    expect(describeChannelReports([slack, mail], 86_400)).toBe(
      [
        'messages, the last 1 d',
        '  slack           nothing was told',
        '  mail            1 message',
      ].join('\n'),
    );
  });
});
