import { expect, test } from '@jest/globals';
import { describeExactly, describeInstant } from '#domain/time/describe-instant.ts';
import { NOON } from '#test/support/builders.ts';

test('a moment is written to the minute in messages, and in full where every millisecond counts', () => {
  expect(describeInstant(NOON + 59_999)).toBe('2026-03-02 09:00 UTC');
  expect(describeExactly(NOON + 59_999)).toBe('2026-03-02T09:00:59.999Z');
});
