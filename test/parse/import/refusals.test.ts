import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ImportOptions } from '#parse/import/import-files.ts';
import { importFiles } from '#parse/import/import-files.ts';
import { runs } from '#test/support/runs.ts';

const problemsOf = (text: string, options?: ImportOptions): readonly string[] => {
  const imported = importFiles([{ file: 'a', text }], options);
  return imported.ok
    ? []
    : imported.problem.map(
        ({ path, message, help }) => `${path === undefined ? '' : `${path}: `}${message} | ${help}`,
      );
};

const policyOf = (group: string) => ({
  AutoScalingGroupName: group,
  PolicyName: 'cpu',
  TargetTrackingConfiguration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
  },
});
const TWO = JSON.stringify({ ScalingPolicies: [policyOf('web'), policyOf('api')] });

test.each([
  { title: 'an empty file', text: '', says: ['it is empty | name a file with policies'] },
  {
    title: 'a YAML file of comments',
    text: '# nothing\n',
    says: ['it is empty | name a file with policies'],
  },
  { title: 'an empty document', text: '---\n', says: ['it is empty | name a file with policies'] },
  {
    title: 'a text that is neither JSON nor YAML',
    text: 'a: [1',
    says: [
      expect.stringMatching(/^it is neither JSON nor YAML: .* \| give the output of the command/),
    ],
  },
  {
    title: 'broken JSON',
    text: '{ "ScalingPolicies": ',
    says: [
      expect.stringMatching(/^it is neither JSON nor YAML: .* \| give the output of the command/),
    ],
  },
  {
    title: 'HCL',
    text: 'job "web" {\n  group "web" {}\n}\n',
    says: [
      expect.stringMatching(/^it looks like HCL, which is not read \| print the job as JSON: /),
    ],
  },
  {
    title: 'something else',
    text: '{ "Reservations": [] }',
    says: [
      expect.stringMatching(
        /^it is nothing that can be imported \| give what one of these prints, or a file of it: aws application-autoscaling /,
      ),
    ],
  },
  {
    title: 'a list',
    text: '[1]',
    says: [expect.stringMatching(/^it is nothing that can be imported/)],
  },
  {
    title: 'fields that are missing or of another type',
    text: '{ "ScalingPolicies": [{ "AutoScalingGroupName": 7 }] }',
    says: [
      'ScalingPolicies[0].PolicyName: found nothing: expected string, received undefined | expected the shape of aws autoscaling describe-policies',
      'ScalingPolicies[0].AutoScalingGroupName: found the number 7: expected string, received number | expected the shape of aws autoscaling describe-policies',
    ],
  },
  {
    title: 'JSON that nests too deeply',
    text: `${'['.repeat(65)}${']'.repeat(65)}`,
    says: ['it nests more than 64 levels deep | no policy does'],
  },
  {
    title: 'YAML that nests too deeply',
    text: `a: ${'['.repeat(65)}${']'.repeat(65)}`,
    says: ['it nests more than 64 levels deep | no policy does'],
  },
  {
    title: 'too much YAML',
    text: `a: ${'b'.repeat(1_048_576)}`,
    says: ['it has 1048579 characters | import the policies of fewer groups at once'],
  },
  {
    title: 'YAML that grows by its aliases',
    text: `a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [${'*a,'.repeat(20)}]\nc: [${'*b,'.repeat(20)}]\n`,
    says: [expect.stringMatching(/^it is neither JSON nor YAML: Excessive alias count/)],
  },
])('$title is refused', ({ text, says }) => {
  expect(problemsOf(text)).toEqual(says);
});

test('64 levels are read, and so is the largest YAML', () => {
  expect(problemsOf(`${'['.repeat(64)}${']'.repeat(64)}`)[0]).toMatch(/^it is nothing that can be/);
  expect(problemsOf(`a: ${'b'.repeat(1_048_573)}`)[0]).toMatch(/^it is nothing that can be/);
});

test.each([
  {
    options: { asg: 'shop' },
    says: 'nothing in it is about the Auto Scaling group shop | name one that is there: web, api',
  },
  {
    options: { group: 'shop' },
    says: '--group names one group, and there are 2: web, api | say which one is meant: --asg NAME',
  },
])('$options is refused for policies of two groups', ({ options, says }) => {
  expect(problemsOf(TWO, options)).toEqual([says]);
});

const hpaOf = (name: string) => ({
  kind: 'HorizontalPodAutoscaler',
  spec: { scaleTargetRef: { name }, maxReplicas: 4 },
});

test('one Auto Scaling group is refused for two things that are not its own', () => {
  const text = JSON.stringify({ kind: 'List', items: [hpaOf('web'), hpaOf('api')] });

  expect(problemsOf(text, { asg: 'shop' })).toEqual([
    '--asg names one Auto Scaling group, and these are policies of 2: web, api | import them one after the other',
  ]);
});

test('a group with more rules than a file may have is left out', () => {
  const Dimensions = Array.from({ length: 10 }, (_, index) => ({
    Name: `d${index}`,
    Value: 'x'.repeat(250),
  }));
  const many = Array.from({ length: 100 }, (_, index) => ({
    AutoScalingGroupName: 'web',
    PolicyName: `p${index}`,
    TargetTrackingConfiguration: {
      TargetValue: 50,
      CustomizedMetricSpecification: {
        MetricName: `busy${index}`,
        Namespace: 'Shop',
        Statistic: 'Average',
        Dimensions,
      },
    },
  }));
  const text = JSON.stringify({ ScalingPolicies: [...many, policyOf('api')] });

  expect(importFiles([{ file: 'a', text }])).toMatchObject({
    ok: true,
    value: {
      groups: [{ name: 'api' }],
      notes: [
        { kind: 'left-out', about: 'web', message: 'its 100 rules together are no valid group' },
      ],
    },
  });
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      importFiles([{ file: 'a', text }]);
    }),
    { numRuns: runs(300) },
  );
});
