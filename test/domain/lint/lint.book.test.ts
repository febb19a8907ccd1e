import { expect, test } from '@jest/globals';
import { lint } from '#domain/lint/lint.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup } from '#test/parse/configuration/problems-in.ts';
import { bookOf, readBook } from '#test/support/book.ts';

const BASE = 'metrics: { cpu: { preset: asg-cpu } }';
const WITH_QUEUE =
  'metrics: { cpu: { preset: asg-cpu }, backlog: { preset: sqs-backlog, queue: q } }';
const UP = 'up: { when: cpu > 70, then: add 2 }';
const DOWN = 'down: { when: cpu < 20, then: remove 1 }';
const NOTIFY = 'notify: { channels: { ops: { slack: ssm:/hook } } }';
const MAIL =
  'notify: { channels: { m: { email: a@b.de } }, routes: [{ on: [held, alarm, failed, blocked, at-max], to: [m] }] }';

type Text = Readonly<{
  rules: string;
  metrics?: string;
  bounds?: string;
  more?: string;
  after?: string;
}>;

const CASES: Readonly<Record<string, Text>> = {
  'two rules that flap': { rules: `${UP}, down: { when: cpu < 40, then: remove 1 }` },
  'two rules that flap on the way in': {
    rules: 'up: { when: cpu > 50, then: add 1 }, down: { when: cpu < 40, then: remove 50% }',
  },
  'rules of other metrics do not flap': {
    rules: `${UP}, down: { when: backlog < 60, then: remove 1 }`,
    metrics: WITH_QUEUE,
  },
  'rules of one direction do not flap': {
    rules: `${UP}, more: { when: cpu > 60, then: add 1 }, ${DOWN}`,
  },
  'a window longer than the cooldown': {
    rules: `up: { when: cpu > 70 for 3m of 10m, then: add 2 }, ${DOWN}`,
  },
  'a window longer than the cooldown of scale-in': {
    rules: `${UP}, down: { when: cpu < 20 for 3m of 20m, then: remove 1 }`,
  },
  'a cooldown shorter than the warm-up': {
    rules: `${UP}, ${DOWN}`,
    more: 'behavior: { warmup: 6m, scaleIn: { cooldown: 2m } }',
  },
  'a cooldown as long as the warm-up': {
    rules: `${UP}, ${DOWN}`,
    more: 'behavior: { warmup: 5m }',
  },
  'no floor and no ceiling': { rules: `${UP}, ${DOWN}`, bounds: '{}' },
  'only a way out': { rules: UP },
  'only a way in': { rules: DOWN },
  'a rule that never fires': { rules: `${UP}, ${DOWN}, hot: { when: cpu > 101, then: add 1 }` },
  'a share of nothing': {
    rules: `up: { when: cpu > 70, then: add 10% }, ${DOWN}`,
    bounds: '{ min: 0, max: 10 }',
  },
  'a share that is always one': {
    rules: `up: { when: cpu > 70, then: add 10% }, down: { when: cpu < 20, then: remove 10% }`,
    bounds: '{ min: 2, max: 9 }',
  },
  'a band that nothing reaches': {
    rules:
      's: { step: cpu, bands: [{ above: 60, then: add 1 }, { above: 150, then: add 9 }, { below: 20, then: remove 1 }] }',
  },
  'a removal of more than half': {
    rules: `${UP}, down: { when: cpu < 20, then: remove 60% }`,
  },
  'a removal of half': { rules: `${UP}, down: { when: cpu < 20, then: remove 50% }` },
  'a removal of more than half within limits': {
    rules: `${UP}, down: { when: cpu < 20, then: remove 60% }`,
    more: 'behavior: { scaleIn: { limits: [{ remove: 10%, per: 5m }] } }',
  },
  'a share of nothing that is at least two': {
    rules:
      's: { step: cpu, atLeast: 2, bands: [{ above: 60, then: add 10% }, { below: 20, then: remove 1 }] }',
    bounds: '{ min: 0, max: 10 }',
  },
  'a share of nothing beside a rule that follows': {
    rules: `up: { when: cpu > 70, then: add 10% }, ${DOWN}, load: { track: cpu, target: 50 }`,
    bounds: '{ min: 0, max: 10 }',
  },
  'a bound below what can be': {
    rules: `${UP}, ${DOWN}, cold: { when: cpu < -5, then: remove 1 }`,
  },
  'a bound at what can be': { rules: `${UP}, ${DOWN}, full: { when: cpu >= 100, then: add 1 }` },
  'a metric of AWS in periods of ten seconds': {
    rules: `${UP}, ${DOWN}, net: { when: net > 9, then: add 1 }, also: { step: net, bands: [{ above: 9, then: add 1 }] }`,
    metrics:
      'metrics: { cpu: { preset: asg-cpu }, net: { namespace: AWS/EC2, metric: NetworkIn, statistic: Average, period: 10s } }',
  },
  'a metric of your own in periods of ten seconds': {
    rules: `${UP}, ${DOWN}, net: { when: net > 9, then: add 1 }`,
    metrics:
      'metrics: { cpu: { preset: asg-cpu }, net: { namespace: Shop, metric: NetworkIn, statistic: Average, period: 10s } }',
  },
  'a maximum of processors does not halve': {
    rules: 'up: { when: top > 50, then: add 2 }, down: { when: top < 49, then: remove 1 }',
    metrics: 'metrics: { top: { preset: asg-cpu, statistic: Maximum } }',
  },
  'a tracking rule beside a fine period': {
    rules: `load: { track: cpu, target: 50 }`,
    more: 'behavior: { scaleIn: { cooldown: 1m, stabilize: 0s } }',
  },
  'strict health checks': {
    rules: `${UP}, ${DOWN}`,
    more: 'health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188, unhealthyFor: 1m, ceiling: 100% }',
  },
  'routes that tire people': { rules: `${UP}, ${DOWN}`, after: MAIL },
  'two metrics of one load': {
    rules: `${DOWN}, busy: { when: requests > 1000, then: add 2, onMissing: ignore }`,
    metrics:
      'metrics: { cpu: { preset: asg-cpu }, requests: { preset: alb-requests-per-target, targetGroup: targetgroup/web/73e2d6bc24d8a067 } }',
  },
  'CPU behind a load balancer': {
    rules: `${UP}, ${DOWN}, sooner: { track: cpu, target: 60, mode: shadow }`,
    more: 'health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188 }',
    metrics: 'metrics: { cpu: { preset: asg-cpu } }',
  },
  'requests for each target, followed in shadow': {
    rules: 'load: { track: each, target: 1000, onMissing: ignore, mode: shadow }',
    metrics:
      'metrics: { each: { preset: alb-requests-per-target, targetGroup: targetgroup/web/73e2d6bc24d8a067 } }',
  },
  'CPU of workers': { rules: `${UP}, ${DOWN}`, metrics: WITH_QUEUE },
  'CPU behind a Network Load Balancer': {
    rules: 'load: { track: cpu, target: 60 }',
    more: 'health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: net/web/50dc6c495c0c9188 }',
    metrics: 'metrics: { cpu: { preset: asg-cpu } }',
  },
  'CPU beside a rule that follows requests': {
    rules: `${UP}, ${DOWN}, load: { track: requests, target: 80rps per unit, onMissing: ignore }`,
    metrics:
      'metrics: { cpu: { preset: asg-cpu }, requests: { preset: alb-requests, loadBalancer: app/web/50dc6c495c0c9188, targetGroup: targetgroup/web/73e2d6bc24d8a067 } }',
  },
  'CPU where no total is known': {
    rules: `${UP}, ${DOWN}`,
    metrics: 'metrics: { cpu: { preset: asg-cpu } }',
  },
  'a pool whose instances start hardly faster than new ones': {
    rules: 'ahead: { forecast: sent, perInstance: 100rps, lead: 99s }',
    metrics: 'metrics: { sent: { preset: sqs-sent, queue: q } }',
    more: 'warmPool: { wake: 40s }',
  },
  'a pool whose instances start a minute faster than new ones': {
    rules: 'ahead: { forecast: sent, perInstance: 100rps, lead: 100s }',
    metrics: 'metrics: { sent: { preset: sqs-sent, queue: q } }',
    more: 'warmPool: { wake: 40s }',
  },
  'a forecast that has learned nothing': {
    rules: 'ahead: { forecast: sent, perInstance: auto, mode: shadow }',
    metrics: 'metrics: { sent: { preset: sqs-sent, queue: q } }',
  },
  'office hours that never end': {
    rules:
      'office: { schedule: { start: 0 8 * * *, end: 0 18 * * *, timezone: Europe/Berlin }, min: 4 }',
  },
  'a queue that looks empty': {
    rules: 'up: { when: backlog > 100, then: add 1 }, down: { when: backlog < 1, then: remove 1 }',
    metrics: WITH_QUEUE,
  },
  'a metric that is there only while requests come': {
    rules: `${UP}, ${DOWN}, busy: { when: requests > 1000, then: add 2 }`,
    metrics:
      'metrics: { cpu: { preset: asg-cpu }, requests: { namespace: AWS/ApplicationELB, metric: RequestCount, statistic: Sum, dimensions: { LoadBalancer: app/web/50dc6c495c0c9188 } } }',
  },
  'a group at 0 has no processors': { rules: `${UP}, ${DOWN}`, bounds: '{ min: 0, max: 10 }' },
  'an expression that divides by nothing': {
    rules: `up: { desired: "ceil(load / capacity)" }`,
    metrics: 'metrics: { load: { namespace: Shop, metric: Orders, statistic: Sum } }',
    bounds: '{ min: 0, max: 10 }',
  },
  'a group without rules': { rules: '' },
  'nobody to tell': { rules: `${UP}, ${DOWN}`, after: '' },
  'routes that leave out what needs a person': {
    rules: `${UP}, ${DOWN}`,
    after:
      'alerts: { hot: { group: web, when: cpu > 95 } }\nnotify: { channels: { ops: { slack: ssm:/hook } }, routes: [{ on: [scaled], to: [ops] }] }',
  },
  'bounds that are one': { rules: `${UP}, ${DOWN}`, bounds: '{ min: 3, max: 3 }' },
};

test('what lint finds, why it matters and how to fix it is what the book says', () => {
  const chapters = Object.entries(CASES).map(
    ([
      title,
      { rules, metrics = BASE, bounds = '{ min: 2, max: 10 }', more = '', after = NOTIFY },
    ]) => {
      const group = fileWithGroup(
        [metrics, `capacity: ${bounds}`, `rules: { ${rules} }`, more].join('\n'),
      );
      const parsed = parseConfiguration(`${group}\n${after}`, { file: 't.yml', prefix: 't' });
      if (!parsed.ok) throw new Error(`${title}: ${parsed.problem.map(({ message }) => message)}`);
      return {
        title,
        lines: lint(parsed.value).flatMap((finding) => [
          `${finding.isHint ? 'hint, ' : ''}${finding.code} (${finding.rules.join(', ')}): ${finding.message}`,
          `  why: ${finding.why}`,
          `  example: ${finding.example}`,
          `  fix: ${finding.fix}`,
        ]),
      };
    },
  );

  expect(bookOf(chapters)).toBe(readBook('lint'));
});
