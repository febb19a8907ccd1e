import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

const read = (lines: string) => {
  const source = { file: 'tidegate.yml', prefix: 'tidegate-dev' };
  const text = `version: 1\ngroups: { web: { autoScalingGroup: web-prod } }\n${lines}`;
  const parsed = parseConfiguration(text, source);
  return parsed.ok ? parsed.value.events : parsed.problem;
};

describe('events', () => {
  test.each(['default', 'a', 'Operations_1.prod-eu', 'b'.repeat(256)])(
    'may go to the bus %s',
    (bus) => {
      expect(read(`events: { bus: ${bus} }`)).toEqual({ bus });
    },
  );

  test('go nowhere unless the file says so', () => {
    expect(read('')).toBeUndefined();
  });

  test.each([
    ['events: { bus: aws.partner/x }', 'aws.partner/x'],
    [`events: { bus: ${'b'.repeat(257)} }`, 'found'],
    ['events: { bus: "" }', 'found an empty text'],
    ['events: {}', 'missing'],
    ['events: default', 'found'],
  ])('%j is a mistake', (lines, words) => {
    expect(JSON.stringify(read(lines))).toContain(words);
  });
});
