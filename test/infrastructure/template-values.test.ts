import { describe, expect, test } from '@jest/globals';
import { arn, merge, prefixOf, type Resources, sub } from '#infrastructure/template.ts';

const queue = (id: string): Resources => ({ [id]: { Type: 'AWS::SQS::Queue', Properties: {} } });

describe('resources', () => {
  test('are put together', () => {
    expect(Object.keys(merge([queue('A'), queue('B'), {}]))).toEqual(['A', 'B']);
  });

  test('of one logical id are refused, and not silently one', () => {
    expect(() => merge([queue('A'), queue('B'), queue('A')])).toThrow(
      'two resources would have the logical id A: rename what it stands for in tidegate.yml',
    );
  });
});

describe('an ARN', () => {
  test('lies in the partition, Region and account of the stack', () => {
    expect(arn('sqs', 'jobs')).toEqual({
      'Fn::Sub': `arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:jobs`,
    });
  });

  test('keeps what looks like a placeholder as it is', () => {
    const { 'Fn::Sub': text } = arn('sqs', `\${AWS::Region}-$5`) as Record<string, string>;

    expect(text?.split(':').slice(-3)).toEqual([`\${!AWS`, '', 'Region}-$5']);
  });
});

test('names begin with the service and the stage', () => {
  expect(prefixOf({ service: 'tidegate', stage: 'dev' })).toBe('tidegate-dev');
});

describe('a text for CloudFormation', () => {
  test('has its placeholders replaced', () => {
    expect(sub(`\${Table.Arn}/index`)).toEqual({ 'Fn::Sub': `\${Table.Arn}/index` });
  });

  test('without placeholders is the text itself: there is nothing to replace', () => {
    expect(sub('{}')).toBe('{}');
  });
});
