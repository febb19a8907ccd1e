import { expect, test } from '@jest/globals';
import { lint } from '#domain/lint/lint.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

const METRICS = `
      cpu: { preset: asg-cpu }
      own: { namespace: Shop, metric: Backlog, statistic: Maximum, dimensions: { Cell: "x-{autoScalingGroup}" } }
      all: { namespace: Shop, metric: Backlog, statistic: Maximum, dimensions: { Shop: eu } }
      query: { query: "SELECT MAX(Backlog) FROM Shop" }
      share: { expression: own / all, uses: { own: own, all: all } }
      none: { expression: all * 2, uses: { all: all } }`;

const sharedBy = (rules: string) => {
  const text = `version: 1\nfleets:\n  web:\n    select: { tags: { tier: web } }\n    metrics:${METRICS}\n    rules: { ${rules} }`;
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 't' });
  if (!parsed.ok) throw new Error(parsed.problem[0]?.message);
  return lint(parsed.value).filter(({ code }) => code === 'shared-by-members');
};

test.each([
  ['high: { when: cpu > 70, then: add 1 }', []],
  ['high: { when: own > 70, then: add 1 }', []],
  ['busy: { track: share, target: 1 }', []],
  ['late: { when: { alarm: "{autoScalingGroup}-late" }, then: add 1 }', []],
  ['high: { when: all > 70, then: add 1 }', ['high']],
  ['busy: { track: all, target: 1 }', ['busy']],
  ['busy: { track: query, target: 1 }', ['busy']],
  ['busy: { track: none, target: 1 }', ['busy']],
  ['both: { desired: "own + all" }', ['both']],
])('of the rules %s these read what is the same for all members: %j', (rules, found) => {
  expect(sharedBy(rules).flatMap((finding) => finding.rules)).toEqual(found);
});

test('the finding says what happens and what to do', () => {
  expect(sharedBy('high: { when: all > 70, then: add 1 }')).toEqual([
    {
      code: 'shared-by-members',
      group: 'web',
      rules: ['high'],
      message: 'high reads all, which is the same for every member of the fleet',
      why: 'each member answers to the whole of it as if it were alone',
      example: 'of 20 members each adds 2 units for the same backlog, which is 40 units',
      fix: 'give the metric a dimension that differs from member to member: "{autoScalingGroup}" stands for the name of the Auto Scaling group',
    },
  ]);
});
