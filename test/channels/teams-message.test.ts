import { describe, expect, test } from '@jest/globals';
import { teamsMessage } from '#channels/teams-message.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const cardOf = (...args: Parameters<typeof anOutcome>) =>
  teamsMessage(describeNews(anOutcome(...args))).attachments[0].content;

describe('an Adaptive Card', () => {
  test('has the title in the colour of its severity, the sentence, the facts and where it is from', () => {
    expect(cardOf({ kind: 'failed', reason: 'GroupBusy', summary: 'not allowed' })).toEqual({
      type: 'AdaptiveCard',
      version: '1.4',
      actions: [],
      body: [
        {
          type: 'TextBlock',
          text: 'web could not be changed: somebody must look',
          wrap: true,
          weight: 'Bolder',
          size: 'Medium',
          color: 'Attention',
        },
        { type: 'TextBlock', text: 'not allowed', wrap: true },
        {
          type: 'FactSet',
          facts: [
            { title: 'Group', value: 'web' },
            { title: 'Auto Scaling group', value: 'web-prod' },
            { title: 'Reason', value: 'GroupBusy' },
            { title: 'Capacity', value: '4 → 6' },
          ],
        },
        {
          type: 'TextBlock',
          wrap: true,
          isSubtle: true,
          text: 'web/capacity · web-17 · 2026-03-02T09:00:00.000Z',
        },
      ],
    });
  });

  test('takes no sign of a text for Markdown', () => {
    const [, text] = cardOf({ summary: '[click](https://evil.example) *now* <at>all</at>' }).body;

    expect(text).toMatchObject({
      text: String.raw`\[click\]\(https://evil.example\) \*now\* \<at\>all\</at\>`,
    });
  });

  test('leaves out what is not there', () => {
    const message = { ...describeNews(anOutcome({ summary: '' })), fields: [] };
    const { body } = teamsMessage(message).attachments[0].content;

    expect(body.map(({ type }) => type)).toEqual(['TextBlock', 'TextBlock']);
  });
});
