import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { describeProblem } from '#parse/configuration/describe-problem.ts';
import { deploymentsJsonSchema } from '#parse/deployments/deployments-schema.ts';
import { parseDeployments } from '#parse/deployments/parse-deployments.ts';

const FOLDER = new URL('./broken/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yml'));

const explained = (text: string): string => {
  const parsed = parseDeployments(text, 'deployments.yml');
  return parsed.ok
    ? ''
    : parsed.problem.map((problem) => `${describeProblem(problem)}\n`).join('\n');
};

const ROLE = 'arn:aws:iam::123456789012:role/path/tidegate-reader';

describe('deployments.yml', () => {
  test('names deployments in the order of the file, each with no more than it says', () => {
    const text = [
      'version: 1',
      'deployments:',
      '  us: { region: us-east-1 }',
      '  eu:',
      '    region: eu-west-1',
      '    stage: prod',
      '    service: scaler',
      '    profile: shop prod',
      `    role: ${ROLE}`,
      '    config: eu/tidegate.yml',
      '    table: scaler-prod-Table-1ABC',
    ].join('\n');

    expect(parseDeployments(text, 'deployments.yml')).toEqual({
      ok: true,
      value: [
        { name: 'us', region: 'us-east-1' },
        {
          name: 'eu',
          region: 'eu-west-1',
          stage: 'prod',
          service: 'scaler',
          profile: 'shop prod',
          role: ROLE,
          config: 'eu/tidegate.yml',
          table: 'scaler-prod-Table-1ABC',
        },
      ],
    });
  });

  test.each(['eu-west-1', 'ap-southeast-4', 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1'])(
    'takes the Region %s',
    (region) => {
      expect(explained(`version: 1\ndeployments: { one: { region: ${region} } }`)).toBe('');
    },
  );

  test('takes the same stage twice where anything tells the two apart', () => {
    const two = (one: string, other: string) =>
      explained(`version: 1\ndeployments: { a: { ${one} }, b: { ${other} } }`);

    expect(two('region: eu-west-1', 'region: eu-west-2')).toBe('');
    expect(two('region: eu-west-1', 'region: eu-west-1, profile: shop')).toBe('');
    expect(two('region: eu-west-1', 'region: eu-west-1, stage: prod')).toBe('');
    expect(two('region: eu-west-1', 'region: eu-west-1, config: a.yml')).toContain(
      'this is the same deployment as "a"',
    );
  });
});

test.each([
  'region: somewhere',
  'region: qqqq-west-1',
  'region: us-north-by-west-1',
  'region: us-east-1, profile: "a[b"',
  'region: us-east-1, role: "arn:aws:iam::12:user/ann"',
])('no better word is made up for %s', (keys) => {
  const said = explained(`version: 1\ndeployments: { one: { ${keys} } }`);

  expect(said).toContain('expected:');
  expect(said).not.toMatch(/did you mean|needs its whole ARN|the role itself/);
});

test.each(FILES)('the broken file %s is explained as written beside it', (name) => {
  expect(explained(read(name))).toBe(read(name.replace(/\.yml$/, '.txt')));
});

test('what is no YAML is told with its line', () => {
  expect(explained('version: 1\ndeployments: {')).toMatch(/^deployments\.yml:2:\d+ /);
});

type Schema = Readonly<{
  properties: {
    deployments: {
      additionalProperties: { properties: Readonly<Record<string, { description: string }>> };
    };
  };
}>;

test('the JSON Schema of the file describes every key, and refuses others', () => {
  const schema = deploymentsJsonSchema() as Schema;

  expect(schema).toMatchObject({
    $id: 'urn:tidegate:deployments:1',
    required: ['version', 'deployments'],
    additionalProperties: false,
    properties: { deployments: { additionalProperties: { required: ['region'] } } },
  });
  const { properties } = schema.properties.deployments.additionalProperties;
  const described = Object.entries(properties).filter(([, value]) => value.description !== '');
  expect(described.map(([key]) => key)).toEqual([
    'region',
    'stage',
    'service',
    'profile',
    'role',
    'config',
    'table',
  ]);
});
