import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { kindOf } from '#domain/capacity/rules/rules.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { ruleRecord } from '#parse/rules/rule-schema.ts';
import { FORMS } from '#parse/rules/rules.ts';
import { ruleNamed } from '#test/support/arbitrary-rules.ts';

const PAGE = readFileSync('docs/configuration.md', 'utf8');

/** The rows of the page that show each kind of rule with an example. */
const EXAMPLES = [...PAGE.matchAll(/^\| \[([\w-]+)\]\(#\1\) \| `(\{.*\})` \|/gm)].map(
  ([, kind = '', example = '']) => ({ kind, example }),
);

const fileWith = (rule: string): string => `version: 1
groups:
  web:
    autoScalingGroup: web
    metrics:
      cpu: { preset: asg-cpu }
      requests: { namespace: App, metric: Requests, statistic: Sum }
      backlog: { namespace: App, metric: Backlog, statistic: Average }
    rules:
      example: ${rule}
`;

describe('the kinds of rules', () => {
  test('have each a row with an example in docs/configuration.md, in the order of the table', () => {
    expect(EXAMPLES.map(({ kind }) => kind)).toEqual(Object.keys(FORMS));
  });

  test.each(EXAMPLES)('$example is read as a rule of the kind $kind, and can be said', (row) => {
    const result = parseConfiguration(fileWith(row.example), {
      file: 'tidegate.yml',
      prefix: 'tidegate-prod',
    });
    const [rule] = result.ok ? (result.value.groups[0]?.rules ?? []) : [];

    expect(result.ok ? [] : result.problem).toEqual([]);
    expect(rule?.kind).toBe(row.kind);
    expect(rule && kindOf(rule).describe(rule)).toMatch(/^\w.{5,}$/);
  });

  test('come out of a record as they went in', () => {
    fc.assert(
      fc.property(ruleNamed('any'), (rule) => {
        expect(ruleRecord.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
      }),
    );
  });
});
