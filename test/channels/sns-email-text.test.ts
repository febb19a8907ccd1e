import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { emailBody, emailSubject } from '#channels/sns-email-text.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { Message } from '#domain/notify/message.ts';
import { anAlarmEvent, anOutcome } from '#test/support/notify-world.ts';

const aMessage = (overrides: Partial<Message> = {}): Message => ({
  ...describeNews(anOutcome()),
  ...overrides,
});

test('the text of an outcome', () => {
  expect(emailBody(aMessage())).toBe(`web scaled out from 4 to 6

web 4 → 6: cpu-high

Group: web
Auto Scaling group: web-prod
Reason: ScaledOut
Capacity: 4 → 6
To hold it: npx tidegate pause web --for 1h --reason "…"

web/capacity · web-17 · 2026-03-02T09:00:00.000Z`);
});

test('parts without content are left out', () => {
  expect(emailBody(aMessage({ text: '', fields: [] }))).toBe(
    'web scaled out from 4 to 6\n\nweb/capacity · web-17 · 2026-03-02T09:00:00.000Z',
  );
});

test('lines stay apart, and nothing else does', () => {
  const text = 'one \r\ntwo\rthree\u2028four\u0007';
  expect(emailBody(aMessage({ text }))).toContain('\n\none\ntwo\nthree four\n\n');
});

describe('the subject', () => {
  test.each([
    ['plain', 'web scaled out', '[Tidegate] web scaled out'],
    ['with accents', 'Prüfung à la carte', '[Tidegate] Prufung a la carte'],
    ['with an arrow', '4 → 6', '[Tidegate] 4 -> 6'],
    ['in other scripts', '東京 🚨', '[Tidegate] ?? ?'],
    ['with line breaks', 'a\r\nBcc: x@example.com', '[Tidegate] a Bcc: x@example.com'],
    ['of nothing', '', '[Tidegate]'],
    ['of 88 characters', 'x'.repeat(88), `[Tidegate] ${'x'.repeat(88)}`],
    ['of 89 characters', 'x'.repeat(89), `[Tidegate] ${'x'.repeat(88)}`],
  ])('%s', (_, title, subject) => {
    expect(emailSubject(aMessage({ title }))).toBe(subject);
  });

  test('is always what SNS takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1_000 }), (name) => {
        const subject = emailSubject(describeNews(anAlarmEvent({ name })));
        expect(subject).toMatch(/^\[[\x20-\x7e]{1,98}$/);
      }),
    );
  });
});

test('the text is always short and has no control characters but line breaks', () => {
  const any = fc.string({ unit: 'binary', maxLength: 9_000 });
  fc.assert(
    fc.property(any, any, (name, reason) => {
      const body = emailBody(describeNews(anAlarmEvent({ name, reason })));
      expect(body.length).toBeLessThan(10_000);
      expect(body).not.toMatch(/[^\P{Cc}\n]/u);
    }),
  );
});
