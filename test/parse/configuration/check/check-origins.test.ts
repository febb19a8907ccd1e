import { describe, expect, test } from '@jest/globals';
import { isEmulated } from '#parse/configuration/local-host.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

const problemsWith = (origin: string, isDeployed = true): readonly string[] => {
  const text = `version: 1
groups: { web: { autoScalingGroup: web } }
notify:
  channels:
    own: { webhook: ssm:/own, origin: "${origin}" }
`;
  const parsed = parseConfiguration(text, { file: 't.yml', prefix: 't', isDeployed });
  return parsed.ok
    ? []
    : parsed.problem.map(({ line, path, message }) => `${line} ${path}: ${message}`);
};

describe('the origin of a channel', () => {
  test.each([
    'http://127.0.0.1:9001',
    'http://localhost:2773',
    'http://[::1]:80',
    'https://127.9.9.9',
    'https://0.0.0.0',
    'https://api.localhost',
    'https://localhost.',
    'https://[::]',
    'https://[::ffff:127.0.0.1]',
  ])('must not be the machine that sends: %s', (origin) => {
    expect(problemsWith(origin).join()).toContain(
      `5 notify.channels.own.origin: ${new URL(origin).hostname} is the machine that sends`,
    );
  });

  test.each([
    'https://169.254.169.254',
    'https://169.254.170.2',
    'https://[fd00:ec2::254]',
    'https://[fe80::1]',
    'https://[::ffff:169.254.169.254]',
  ])('must not be where AWS serves credentials, even for a trial: %s', (origin) => {
    for (const isDeployed of [true, false]) {
      expect(problemsWith(origin, isDeployed).join()).toContain('an address of the machine');
    }
  });

  test.each(['http://127.0.0.1:9001', 'http://localhost:2773'])(
    'may be this machine for a trial: %s',
    (origin) => {
      expect(problemsWith(origin, false)).toEqual([]);
    },
  );

  test.each(['https://hooks.example.com', 'https://1.169.254.1', 'https://mylocalhost.example'])(
    'may be any other: %s',
    (origin) => {
      expect(problemsWith(origin)).toEqual([]);
    },
  );
});

test.each([
  ['http://127.0.0.1:5000', true],
  ['http://localhost:4566', true],
  ['https://sqs.eu-west-1.amazonaws.com', false],
  ['nonsense', false],
  [undefined, false],
])('AWS at %s is an emulator on this machine: %s', (endpoint, expected) => {
  expect(isEmulated(endpoint)).toBe(expected);
});
