import { expect, test } from '@jest/globals';
import { fileWithGroup, linesOf } from './problems-in.ts';

const schedule = (end: string) =>
  `rules: { a: { schedule: { start: 0 8 * * *, end: ${end}, timezone: UTC }, min: 4 } }`;

test.each([
  [
    schedule('“0 18 * * MON-FRI”'),
    /end: found "“0 18 \* \* MON-FRI”", with typographic quotation marks \| did you mean "0 18 \* \* MON-FRI"/,
  ],
  [
    schedule('0 18 * * MON–FRI'),
    /end: found "0 18 \* \* MON–FRI", with a dash that is no hyphen \| did you mean "0 18 \* \* MON-FRI"/,
  ],
  [
    schedule('“0 18 * * MON–FRI”'),
    /with typographic quotation marks and a dash that is no hyphen \| did you mean/,
  ],
  ['every: ‘30s’', /with typographic quotation marks \| did you mean "30s"/],
  ['capacity: { min: „2“ }', /min: found "„2“", with typographic .* \| did you mean "2"/],
  ['every: "30\u00a0s"', /with a space that is no plain one \| did you mean "30s"/],
  ['every: "30s\u200b"', /with an invisible sign \| did you mean "30s"/],
  [
    'rules: { a: { when: “cpu > 70”, then: add 2 } }',
    /cannot read "“cpu" in "“cpu > 70”"|found "“cpu > 70”", with typographic/,
  ],
  ['every: “soon”', /is not a duration, with typographic quotation marks$/],
])('%s: the signs are named', (body, line) => {
  expect(linesOf(fileWithGroup(body))).toContainEqual(expect.stringMatching(line));
});

test.each([
  ['slack: “ssm:/hook”', /did you mean "ssm:\/hook"/],
  [
    'signingKey: “canary”, webhook: ssm:/a, origin: https://a.example',
    /secret .*signingKey: found a value/,
  ],
])('a secret stays one between whatever marks: %s', (channel, line) => {
  const lines = linesOf(`${fileWithGroup('')}\nnotify: { channels: { it: { ${channel} } } }`);

  expect(lines).toContainEqual(expect.stringMatching(line));
  expect(lines.join()).not.toContain('canary');
});

test.each([
  ['0 8 32 * *', /start: "32" in "0 8 32 \* \*" is no day of month/],
  ['61 8 * * *', /start: "61" in "61 8 \* \* \*" is no minute/],
  ['0 8 * 13 *', /start: "13" in .* is no month/],
  ['0 8 * * FRI-MON', /start: "FRI-MON" in .* is no day of week/],
  ['0 8 31 2 *', /start: "0 8 31 2 \*" never happens/],
])('a cron line is told in the words that stand there: %s', (start, line) => {
  const body = `rules: { a: { schedule: { start: ${start}, end: 0 9 * * *, timezone: UTC }, min: 4 } }`;

  expect(linesOf(fileWithGroup(body))).toContainEqual(expect.stringMatching(line));
});
