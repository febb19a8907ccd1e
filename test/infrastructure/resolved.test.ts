import { describe, expect, test } from '@jest/globals';
import { resolved } from '#infrastructure/resolved.ts';

const SITE = { region: 'ap-northeast-1', stack: 'tidegate-prod' };
const TEMPLATE = {
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 't' } },
    Key: { Type: 'AWS::KMS::Key' },
    Table: { Type: 'AWS::DynamoDB::Table' },
    Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/l' } },
    Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f' } },
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r' } },
    Rails: { Type: 'AWS::IAM::ManagedPolicy' },
    Other: { Type: 'AWS::Events::Rule' },
  },
};
const made = (id: string) => `tidegate-prod-${id}-XXXXXXXXXXXXX`;

describe('what CloudFormation puts in', () => {
  test.each([
    [{ Ref: 'Queue' }, 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/q'],
    [{ Ref: 'Topic' }, 'arn:aws:sns:ap-northeast-1:123456789012:t'],
    [{ Ref: 'Key' }, '01234567-89ab-cdef-0123-456789abcdef'],
    [{ Ref: 'Table' }, made('Table')],
    [{ Ref: 'Rails' }, `arn:aws:iam::123456789012:policy/${made('Rails')}`],
    [{ Ref: 'Nowhere' }, made('Nowhere')],
    [{ Ref: 'AWS::StackName' }, 'tidegate-prod'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:ap-northeast-1:123456789012:q'],
    [{ 'Fn::GetAtt': 'Queue.QueueName' }, 'q'],
    [
      { 'Fn::GetAtt': ['Key', 'Arn'] },
      'arn:aws:kms:ap-northeast-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef',
    ],
    [
      { 'Fn::GetAtt': ['Table', 'Arn'] },
      `arn:aws:dynamodb:ap-northeast-1:123456789012:table/${made('Table')}`,
    ],
    [{ 'Fn::GetAtt': ['Log', 'Arn'] }, 'arn:aws:logs:ap-northeast-1:123456789012:log-group:/l:*'],
    [
      { 'Fn::GetAtt': ['Function', 'Arn'] },
      'arn:aws:lambda:ap-northeast-1:123456789012:function:f',
    ],
    [{ 'Fn::GetAtt': ['Topic', 'Arn'] }, 'arn:aws:sns:ap-northeast-1:123456789012:t'],
    [{ 'Fn::Sub': `\${Role.Arn}` }, 'arn:aws:iam::123456789012:role/r'],
    [
      { 'Fn::GetAtt': ['Other', 'Arn'] },
      `arn:aws:cloudformation:ap-northeast-1:123456789012:${made('Other')}`,
    ],
    [{ 'Fn::Sub': `{"a":"\${Topic}"}` }, '{"a":"arn:aws:sns:ap-northeast-1:123456789012:t"}'],
    [{ 'Fn::Sub': `web\${!*}` }, `web\${*}`],
    [
      [{ a: { Ref: 'AWS::Region' } }, 1, null],
      [{ a: 'ap-northeast-1' }, 1, null],
    ],
  ])('for %j is %j', (value, expected) => {
    expect(resolved(value, TEMPLATE, SITE)).toEqual(expected);
  });

  test.each([
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
    ['xx-unheard-1', 'aws', 'amazonaws.com'],
  ])('in %s is of the partition %s', (region, partition, suffix) => {
    const text = `\${AWS::Partition} \${AWS::URLSuffix} \${AWS::AccountId}`;
    expect(resolved({ 'Fn::Sub': text }, TEMPLATE, { ...SITE, region })).toBe(
      `${partition} ${suffix} 123456789012`,
    );
  });
});
