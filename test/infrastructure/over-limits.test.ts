import { describe, expect, test } from '@jest/globals';
import { overLimits } from '../../infrastructure/over-limits.ts';
import type { Value } from '../../infrastructure/template.ts';

const many = (count: number) => ({
  Resources: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`Queue${index}`, { Type: 'AWS::SQS::Queue' }]),
  ),
});

const one = (Type: string, Properties: Readonly<Record<string, Value>>) => ({
  Resources: { Thing: { Type, Properties } },
});

/** JSON adds two quotes to a text. */
const text = (length: number) => 'x'.repeat(length - 2);

describe('a template', () => {
  test.each([
    { count: 500, problems: [] },
    {
      count: 501,
      problems: ['the stack would have 501 resources, and CloudFormation takes 500'],
    },
  ])('may have 500 resources: $count', ({ count, problems }) => {
    expect(overLimits(many(count))).toEqual(problems);
  });

  test.each([
    { count: 10_240, problems: [] },
    {
      count: 10_241,
      problems: ['the policy of Thing would have about 10241 characters, and IAM takes 10240'],
    },
  ])('may have policies of 10,240 characters: $count', ({ count, problems }) => {
    expect(overLimits(one('AWS::IAM::Role', { Policies: text(count) }))).toEqual(problems);
  });

  test.each([
    { count: 4_096, problems: [] },
    {
      count: 4_097,
      problems: ['the variables of Thing would have about 4097 bytes, and Lambda takes 4096'],
    },
  ])('may have variables of 4,096 bytes: $count', ({ count, problems }) => {
    const template = one('AWS::Lambda::Function', { Environment: text(count) });

    expect(overLimits(template)).toEqual(problems);
  });

  test('may have a function without variables, and long texts elsewhere', () => {
    expect(overLimits(one('AWS::Lambda::Function', {}))).toEqual([]);
    expect(overLimits(one('AWS::SQS::Queue', { Policies: text(20_000) }))).toEqual([]);
  });
});

describe('the length of a policy is that of the deployed one', () => {
  const lengthOf = (part: Value): number => {
    const template = one('AWS::IAM::Role', { Policies: [text(20_000), part] });
    return Number(/about (\d+)/.exec(overLimits(template)[0] ?? '')?.[1]) - 20_003;
  };

  test.each([
    { part: { 'Fn::Sub': `arn:\${AWS::Partition}:x` }, deployed: '"arn:aws:x"' },
    { part: { 'Fn::Sub': `\${AWS::AccountId}` }, deployed: '"123456789012"' },
    { part: { 'Fn::Sub': `web\${!*}` }, deployed: `"web\${*}"` },
  ])('$part', ({ part, deployed }) => {
    expect(lengthOf(part)).toBe(deployed.length);
  });

  test.each([{ Ref: 'A' }, { 'Fn::GetAtt': ['A', 'Arn'] }, { 'Fn::Sub': `\${A}` }])(
    '%j stands for an ARN',
    (part) => {
      expect(lengthOf(part)).toBeGreaterThan(40);
    },
  );
});
