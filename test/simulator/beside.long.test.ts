import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { besideDay, besideLines } from '#simulator/day/beside.ts';
import { coursesHtml } from '#simulator/day/courses.ts';
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
  test('are its rules, rules of other kinds, target tracking, a static fleet and the optimum, on its load', () => {
    const { comparison, courses } = besideDay(configurationWith(WEB), samples)!;
    const [rules, forecast, thresholds, tracking, peak, , optimum] = comparison.rows;

    expect(comparison.rows.map(({ name }) => name)).toEqual([
      'these rules',
      'forecast rules',
      'threshold rules',
      'target tracking (AWS)',
      'static peak',
      'sees one boot ahead',
      'optimum in hindsight',
    ]);
    expect(optimum?.overOptimum).toBe(1);
    for (const row of [rules, forecast, thresholds, tracking, peak])
      expect(row?.overOptimum).toBeGreaterThan(1);
    expect(besideLines(comparison)).toEqual([
      'The same load without accidents, by these rules and by others, without any day before it to learn from:',
      expect.stringMatching(
        /^ {2}these rules {14}\d+\.\d instance-hours, \d\.\d\d of the optimum, [\d.]+ % too slow or lost$/,
      ),
      expect.stringMatching(/^ {2}forecast rules {11}\d/),
      expect.stringMatching(/^ {2}threshold rules {10}\d/),
      expect.stringContaining('target tracking (AWS)'),
      expect.stringContaining('static peak'),
      expect.stringContaining('1.00 of the optimum, 0 % too slow or lost'),
      'Target tracking stands there with the best of its settings for this very day.',
    ]);
    expect(courses.map(({ name, serving }) => [name, serving.length])).toEqual([
      ['these rules', 240],
      ['forecast rules', 240],
      ['threshold rules', 240],
      [`target tracking (AWS), ${tracking?.setting}`, 240],
    ]);
  });

  test('are drawn as what served and what was needed, a picture for each', () => {
    const { courses } = besideDay(configurationWith(WEB), samples)!;
    const html = coursesHtml(courses);

    expect(html.match(/<svg/g)).toHaveLength(12);
    for (const { name } of courses) expect(html).toContain(`aria-label="${name}"`);
    expect(courses[0]?.needed[0]?.at).toBe(NOON);
    expect(courses[0]?.needed[0]?.value).toBeLessThan(courses[0]?.needed[239]?.value ?? 0);
  });

  test('are the same ways behind a Network Load Balancer', () => {
    const behindNetwork = `${WEB}    health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: net/web/50dc6c495c0c9188 }\n`;
    const { comparison } = besideDay(configurationWith(behindNetwork), samples)!;
    const [, forecast] = comparison.rows;
    expect(forecast?.changes).toBeGreaterThan(0);
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
