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

  test.each([
    'arn:aws:events:eu-west-1:111122223333:event-bus/tidegate',
    'arn:aws-us-gov:events:us-gov-west-1:111122223333:event-bus/default',
  ])('are forwarded to the hub %s from the default bus, or from another', (hub) => {
    expect(read(`events: { hub: ${hub} }`)).toEqual({ bus: 'default', hub });
    expect(read(`events: { bus: operations, hub: ${hub} }`)).toEqual({ bus: 'operations', hub });
  });

  test('go to the default bus when no other is named', () => {
    expect(read('events: {}')).toEqual({ bus: 'default' });
  });

  test('go nowhere unless the file says so', () => {
    expect(read('')).toBeUndefined();
  });

  test.each([
    ['events: { bus: aws.partner/x }', 'aws.partner/x'],
    [`events: { bus: ${'b'.repeat(257)} }`, 'found'],
    ['events: { bus: "" }', 'found an empty text'],
    ['events: { hub: tidegate }', 'the ARN of an event bus of another account or Region'],
    ['events: { hub: arn:aws:sqs:eu-west-1:111122223333:tidegate }', 'event-bus/tidegate'],
    ['events: { hub: arn:aws:events:eu-west-1:11112222333:event-bus/a }', 'the ARN of an event'],
    ['events: { hub: arn:aws:events:eu-west-1:111122223333:event-bus/ }', 'the ARN of an event'],
    ['events: { hub: arn:aws:events:eu-west-1:111122223333:rule/a }', 'the ARN of an event'],
    ['events: default', 'found'],
  ])('%j is a mistake', (lines, words) => {
    expect(JSON.stringify(read(lines))).toContain(words);
  });
});
