import { expect, test } from '@jest/globals';
import { describeParameter } from '#domain/configuration/channel.ts';

test.each([
  ['/tidegate/slack', '/tidegate/slack'],
  ['/aws/reference/secretsmanager/tidegate/slack', 'secretsmanager:tidegate/slack'],
])('a secret in the parameter %s is named as the file names it: %s', (parameter, named) => {
  expect(describeParameter(parameter)).toBe(named);
});
