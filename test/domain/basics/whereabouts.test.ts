import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import {
  awsCommand,
  describeWhereabouts,
  shellWord,
  tidegateCommand,
  whereaboutsOf,
} from '#domain/basics/whereabouts.ts';

const WHERE = { service: 'tidegate', stage: 'prod', region: 'eu-west-1', account: '123456789012' };

test('a deployment is named by service, stage, Region and account', () => {
  expect(describeWhereabouts(WHERE)).toBe('tidegate, stage prod, eu-west-1, account 123456789012');
  expect(describeWhereabouts({ stage: 'prod' })).toBe('stage prod');
  expect(describeWhereabouts({})).toBeUndefined();
});

test('of all that surrounds a message, only what says where is kept', () => {
  const surroundings = { ...WHERE, table: 'ledger' };
  expect(whereaboutsOf(surroundings)).toEqual(WHERE);
  expect(whereaboutsOf({})).toEqual({});
});

describe('a command', () => {
  test('of ours says which deployment it touches', () => {
    expect(tidegateCommand('pause web --for 1h', WHERE)).toBe(
      'npx tidegate pause web --for 1h --service tidegate --stage prod --region eu-west-1',
    );
    expect(tidegateCommand('doctor', {})).toBe('npx tidegate doctor');
  });

  test('of AWS says in which Region', () => {
    expect(awsCommand('sts get-caller-identity', WHERE)).toBe(
      'aws sts get-caller-identity --region eu-west-1',
    );
  });
});

test.each(['web-prod', 'a b', "it's $HOME", '`id`; rm -rf "x"', '*', '', '\\'])(
  'a shell takes %j as one word, as it is',
  (text) => {
    const out = execFileSync('sh', ['-c', `printf '%s|' ${shellWord(text)}`], { encoding: 'utf8' });
    expect(out).toBe(`${text}|`);
  },
);
