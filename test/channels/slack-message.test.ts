import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { slackMessage } from '#channels/slack-message.ts';
import { describeDigest } from '#domain/notify/describe-digest.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { Message } from '#domain/notify/message.ts';
import { aGroup, NOON } from '#test/support/builders.ts';
import { anAlarmEvent, anOutcome } from '#test/support/notify-world.ts';

const aMessage = (overrides: Partial<Message> = {}): Message => ({
  ...describeNews(anOutcome()),
  ...overrides,
});

test('an outcome is a header, a sentence, its fields and where it comes from', () => {
  expect(slackMessage(aMessage())).toEqual({
    text: 'web scaled out from 4 to 6',
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: 'web scaled out from 4 to 6', emoji: false },
      },
      { type: 'section', text: { type: 'mrkdwn', text: 'web 4 → 6: cpu-high', verbatim: true } },
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: '*Group*\nweb', verbatim: true },
          { type: 'mrkdwn', text: '*Auto Scaling group*\nweb-prod', verbatim: true },
          { type: 'mrkdwn', text: '*Reason*\nScaledOut', verbatim: true },
          { type: 'mrkdwn', text: '*Capacity*\n4 → 6', verbatim: true },
          {
            type: 'mrkdwn',
            text: '*To hold it*\nnpx tidegate pause web --for 1h --reason "…"',
            verbatim: true,
          },
        ],
      },
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: 'web/capacity · web-17 · 2026-03-02T09:00:00.000Z',
            verbatim: true,
          },
        ],
      },
    ],
    unfurl_links: false,
    unfurl_media: false,
  });
});

test('sections without content are left out, since Slack refuses them', () => {
  const { blocks } = slackMessage(aMessage({ text: ' \n', fields: [] }));
  expect(blocks.map(({ type }) => type)).toEqual(['header', 'context']);
});

test('markup and mentions of strangers are shown as they are written', () => {
  const name = '<!channel> & <https://evil.example|click>';
  const message = slackMessage(describeNews(anAlarmEvent({ name, reason: name })));

  const safe = '&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;';
  expect(message.text).toBe(`Alarm ${safe} is firing`);
  expect(message.blocks[0]).toMatchObject({ text: { type: 'plain_text', emoji: false } });
  expect(message.blocks[1]).toMatchObject({ text: { text: safe, verbatim: true } });
});

test('a cut goes through no escape and no character', () => {
  const { blocks } = slackMessage(aMessage({ text: `${'x'.repeat(2_496)}<<<` }));
  expect(blocks[1]).toMatchObject({ text: { text: `${'x'.repeat(2_496)}…` } });

  const emoji = slackMessage(aMessage({ title: '🚨'.repeat(76) }));
  expect(emoji.blocks[0]).toMatchObject({ text: { text: `${'🚨'.repeat(74)}…` } });
});

test('what just fits is not cut', () => {
  const title = '🚨'.repeat(75);
  expect(slackMessage(aMessage({ title })).blocks[0]).toMatchObject({ text: { text: title } });

  const text = `${'x'.repeat(2_496)}<`;
  expect(slackMessage(aMessage({ text })).blocks[1]).toMatchObject({
    text: { text: `${'x'.repeat(2_496)}&lt;` },
  });
});

test('at most ten fields are shown', () => {
  const fields = Array.from({ length: 11 }, (_, index) => ({ name: `${index}`, value: 'x' }));
  const { blocks } = slackMessage(aMessage({ fields }));
  expect(blocks[2]).toMatchObject({ fields: { length: 10 } });
});

describe('whatever an alarm is called', () => {
  /** Letters, markup, mentions, emoji, control characters and halves of characters. */
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom('<!here>', '<@U0>', '&', '<', '>', '```', '*', ':skull:', '🚨', '\u202e'),
        fc.constantFrom('\u0000', '\r\n', '\u2028', '\ud83d', '\ufeff', '\u200d', '\uffff', '\t'),
        fc.string({ unit: 'binary', maxLength: 20 }),
      ),
      { maxLength: 400 },
    )
    .map((parts) => parts.join('').slice(0, 1_000));

  const textsIn = (value: unknown): readonly string[] => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
  };

  const check = (message: Message) => {
    const sent = slackMessage(message);
    const texts = textsIn(sent);
    const [header, ...others] = sent.blocks;
    const title = header?.type === 'header' ? header.text.text : '';

    expect(title.length).toBeGreaterThan(0);
    expect(title.length).toBeLessThanOrEqual(150);
    expect(sent.blocks.length).toBeLessThanOrEqual(5);
    expect(texts.join('').length).toBeLessThan(13_200);
    for (const text of [sent.text, ...textsIn(others)]) {
      expect(text.length).toBeLessThanOrEqual(3_000);
      // Links are the only markup, and lead where they should.
      const rest = text.replace(/<https:\/\/[^<>|\s]+\|[^<>|]*>/g, '');
      expect(rest).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    }
    for (const text of texts) {
      expect(text).not.toMatch(/[\p{Cs}\p{Cf}\u2028\u2029]|[^\P{Cc}\n]/u);
    }
  };

  test('the message of its alarm is within the limits of Slack and mentions nobody', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, reason) => {
        check(describeNews(anAlarmEvent({ name, reason, contributorId: name })));
      }),
    );
  });

  test('so is that of an outcome', () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile, { maxLength: 30 }), (text, targets) => {
        const outcome = anOutcome({ group: text, decisionId: text, summary: text, targets });
        check(describeNews({ ...outcome, autoScalingGroup: text }));
      }),
    );
  });

  test('so is a message with links, a chart and all that rules asked for', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, url) => {
        const group = {
          ...aGroup({ name: text }),
          runbook: `https://wiki.example.com/${url}`,
          dashboard: url,
        };
        const outcome = anOutcome({
          group: text,
          rule: text,
          bounds: { min: 1, max: 9 },
          instanceType: text,
          wishes: Array.from({ length: 30 }, () => ({ rule: text, capacity: 4 })),
        });
        const chart = { title: text, points: [{ at: NOON, value: 1 }], threshold: 70 };
        check(describeNews(outcome, { region: 'eu-west-1', groups: [group], chart }));
      }),
    );
  });

  test('so is one about hundreds of them', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const items = Array.from({ length: 300 }, (_, index) =>
          anOutcome({ decisionId: `${text}-${index}`, group: `${text}${index % 40}` }),
        );
        check(describeDigest(items, NOON));
      }),
      { numRuns: 10 },
    );
  });
});
