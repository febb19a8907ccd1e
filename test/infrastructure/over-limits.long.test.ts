import { describe, expect, test } from '@jest/globals';
import { LIMITS } from '#infrastructure/limits.ts';
import { overLimits } from '#infrastructure/over-limits.ts';
import { resourcesFor } from '#infrastructure/resources-for.ts';
import { healRole } from '#infrastructure/roles/heal-role.ts';
import { scaleRole } from '#infrastructure/roles/scale-role.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { aGroup, aHealth } from '#test/support/builders.ts';

const SITE = { region: 'eu-central-1', stack: 'tidegate-dev' };

const many = (count: number) => ({
  Resources: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`Queue${index}`, { Type: 'AWS::SQS::Queue' }]),
  ),
});

const one = (Type: string, Properties: Readonly<Record<string, unknown>>) => ({
  Resources: { Thing: { Type, Properties } },
});

const problemsIn = (template: Parameters<typeof overLimits>[0], site = SITE) =>
  overLimits(template, site).map(({ problem }) => problem);

/** JSON adds two quotes to a text. */
const text = (length: number) => 'x'.repeat(length - 2);
const documents = (length: number) => [{ PolicyName: 'x', PolicyDocument: text(length) }];

describe('a template', () => {
  test.each([
    { count: 500, problems: [] },
    {
      count: 501,
      problems: ['the stack would have 501 resources, and CloudFormation takes 500'],
    },
  ])('may have 500 resources: $count', ({ count, problems }) => {
    expect(problemsIn(many(count))).toEqual(problems);
  });

  test('may have 200 outputs, and a megabyte', () => {
    const outputs = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [i, 0]));
    expect(problemsIn({ Resources: {}, Outputs: outputs(200) })).toEqual([]);
    expect(problemsIn({ Resources: {}, Outputs: outputs(201) })).toEqual([
      'the stack would have 201 outputs, and CloudFormation takes 200',
    ]);
    expect(problemsIn(one('AWS::SQS::Queue', { Tags: text(1_048_577) }))[0]).toMatch(
      /bytes of template, and CloudFormation takes 1048576/,
    );
  });

  test.each([
    {
      what: 'policies of a role',
      template: (size: number) => one('AWS::IAM::Role', { Policies: documents(size) }),
      most: 10_240,
      problem: 'the policies of Thing would have 10241 characters, and IAM takes 10240',
    },
    {
      what: 'a managed policy',
      template: (size: number) => one('AWS::IAM::ManagedPolicy', { PolicyDocument: text(size) }),
      most: 6_144,
      problem: 'the policy Thing would have 6145 characters, and IAM takes 6144',
    },
    {
      what: 'the policy of a key',
      template: (size: number) => one('AWS::KMS::Key', { KeyPolicy: text(size) }),
      most: 32_768,
      problem: 'the policy of Thing would have 32769 bytes, and KMS takes 32768',
    },
    {
      what: 'variables',
      template: (size: number) =>
        one('AWS::Lambda::Function', { Environment: { Variables: text(size) } }),
      most: 4_096,
      problem: 'the variables of Thing would have 4097 bytes, and Lambda takes 4096',
    },
  ])('may have $what of $most', ({ template, most, problem }) => {
    expect(problemsIn(template(most))).toEqual([]);
    expect(problemsIn(template(most + 1))).toEqual([problem]);
  });

  test.each([
    ['AWS::Lambda::Function', 'FunctionName', 64],
    ['AWS::IAM::Role', 'RoleName', 64],
    ['AWS::SQS::Queue', 'QueueName', 80],
    ['AWS::SNS::Topic', 'TopicName', 256],
    ['AWS::CloudWatch::Alarm', 'AlarmName', 255],
  ] as const)('may name a %s by a %s of %d characters', (type, property, most) => {
    expect(overLimits(one(type, { [property]: 'x'.repeat(most) }), SITE)).toEqual([]);
    expect(overLimits(one(type, { [property]: 'x'.repeat(most + 1) }), SITE)).toEqual([
      {
        problem: expect.stringMatching(
          new RegExp(
            `^the name of Thing, x+, would have ${most + 1} characters, and \\w+ takes ${most}$`,
          ),
        ),
        isName: true,
      },
    ]);
  });

  test('may be deployed as a stack of 128 characters', () => {
    expect(problemsIn(many(1), { ...SITE, stack: 'x'.repeat(128) })).toEqual([]);
    expect(problemsIn(many(1), { ...SITE, stack: 'x'.repeat(129) })).toHaveLength(1);
  });

  test('may have a function without variables, and long texts elsewhere', () => {
    expect(problemsIn(one('AWS::Lambda::Function', {}))).toEqual([]);
    expect(problemsIn(one('AWS::SQS::Queue', { Policies: text(20_000) }))).toEqual([]);
    expect(problemsIn(one('AWS::IAM::Role', {}))).toEqual([]);
  });

  test('is measured in bytes, and policies without white space, as AWS counts', () => {
    const variables = { Environment: { Variables: 'ü'.repeat(2_047) } };
    expect(problemsIn(one('AWS::Lambda::Function', variables))).toEqual([]);
    const more = { Environment: { Variables: 'ü'.repeat(2_048) } };
    expect(problemsIn(one('AWS::Lambda::Function', more))).toHaveLength(1);
    expect(
      problemsIn(one('AWS::IAM::Role', { Policies: [{ PolicyDocument: ' '.repeat(20_000) }] })),
    ).toEqual([]);
  });
});

describe('the same file', () => {
  const resourcesOf = (groups: number) => {
    const configuration = parseConfiguration(
      `version: 1\npermissions: named\ngroups:\n${Array.from(
        { length: groups },
        (_, index) => `  web-${index}: { autoScalingGroup: web-${index} }\n`,
      ).join('')}`,
      { file: 'tidegate.yml', prefix: 'tidegate-dev' },
    );
    if (!configuration.ok) throw new Error(JSON.stringify(configuration.problem));
    return resourcesFor(configuration.value, { service: 'tidegate', stage: 'dev' });
  };

  test('may fit in one Region and not in another, whose names are longer', () => {
    const most = (region: string) => {
      let count = 1;
      while (overLimits(resourcesOf(count), { ...SITE, region }).length === 0) count += 1;
      return count - 1;
    };
    const counts = ['eu-west-1', 'eu-central-1', 'ap-northeast-1', 'us-gov-west-1'].map(most);
    expect(counts).toEqual(counts.toSorted((one, other) => other - one));
    expect(new Set(counts).size).toBeGreaterThan(2);
  });
});

test('the roles are as large for ten thousand groups as for one', () => {
  const roles = [1, 10_000].map((count) => {
    const groups = Array.from({ length: count }, (_, index) =>
      aGroup({ name: `web-${index}`, autoScalingGroup: `web-${index}`, health: aHealth() }),
    );
    const configuration = { groups, alerts: [], channels: [], routes: [] };
    const deployment = { service: 'tidegate', stage: 'dev' };
    return [scaleRole(configuration, deployment), healRole(configuration, deployment)];
  });
  expect(roles[1]).toEqual(roles[0]);
});

test('every limit has its source', () => {
  for (const { source } of Object.values(LIMITS)) {
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
  }
});
