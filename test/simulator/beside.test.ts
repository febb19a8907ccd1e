import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { besideDay, besideLines } from '#simulator/day/beside.ts';
import type { Sample } from '#simulator/fleet/sample.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const configurationWith = (groups: string) => {
  const parsed = parseConfiguration(`version: 1\ngroups:\n${groups}`, {
    file: 'tidegate.yml',
    prefix: 'tidegate-dev',
  });
  if (!parsed.ok) throw new Error(parsed.problem[0]?.message);
  return parsed.value;
};
const WEB = `  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 20 }
    metrics: { cpu: { preset: asg-cpu } }
    rules: { load: { track: cpu, target: 60 } }
`;
const samples = Array.from(
  { length: 240 },
  (_, minute): Sample => ({
    at: NOON + minutes(minute),
    requestsPerSecond: minute < 120 ? 300 : 800,
    capacityDesired: 4,
    serving: 4,
    p95LatencyMs: 100,
    requests: 18_000,
    violated: 0,
    instanceSeconds: 240,
  }),
);

describe('what stands beside a day', () => {
  test('are its rules, target tracking, a static fleet and the optimum, on its load', () => {
    const comparison = besideDay(configurationWith(WEB), samples)!;
    const [rules, tracking, peak, , optimum] = comparison.rows;

    expect(comparison.rows.map(({ name }) => name)).toEqual([
      'these rules',
      'target tracking (AWS)',
      'static peak',
      'sees one boot ahead',
      'optimum in hindsight',
    ]);
    expect(optimum?.overOptimum).toBe(1);
    for (const row of [rules, tracking, peak]) expect(row?.overOptimum).toBeGreaterThan(1);
    expect(besideLines(comparison)).toEqual([
      'The same load without accidents, by these rules and by others:',
      expect.stringMatching(
        /^ {2}these rules {14}\d+\.\d instance-hours, \d\.\d\d of the optimum, [\d.]+ % too slow or lost$/,
      ),
      expect.stringContaining('target tracking (AWS)'),
      expect.stringContaining('static peak'),
      expect.stringContaining('1.00 of the optimum, 0 % too slow or lost'),
    ]);
  });

  test('is nothing where groups share a day, or work waits in a queue', () => {
    const queue = `  batch:
    autoScalingGroup: batch-prod
    metrics: { jobs: { preset: sqs-backlog, queue: jobs } }
    rules: { load: { track: jobs, target: 100 per unit } }
`;
    expect(besideDay(configurationWith(WEB + queue), samples)).toBeUndefined();
    expect(besideDay(configurationWith(queue), samples)).toBeUndefined();
  });
});
