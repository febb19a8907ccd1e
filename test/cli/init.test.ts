import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SurveyedGroup } from '#aws/survey/survey.ts';
import type { Questions } from '#cli/terminal.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { lint } from '#domain/lint/lint.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { accountWith } from '#test/support/a-deployment.ts';
import { NOON } from '#test/support/builders.ts';
import { runCli } from './run-cli.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidegate-init-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (name = 'tidegate.yml'): string => readFileSync(join(folder, name), 'utf8');

const aGroup = (autoScalingGroup: string, change: Partial<SurveyedGroup> = {}): SurveyedGroup => ({
  autoScalingGroup,
  min: 2,
  max: 12,
  instances: 4,
  tags: {},
  servedBy: [],
  queues: [],
  documents: [],
  ...change,
});

const TRACKING = {
  AutoScalingGroupName: 'web-prod',
  PolicyName: 'cpu-half',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingConfiguration: {
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
    TargetValue: 50,
  },
};

/** An account with groups of seven kinds; two of them are nobody's to scale. */
const GROUPS: readonly SurveyedGroup[] = [
  aGroup('web-prod', {
    servedBy: [
      { loadBalancer: 'app/web/50dc6c495c0c9188', targetGroup: 'targetgroup/web/73e2d6bc24d8a067' },
    ],
    documents: [
      { file: 'describe-policies', text: JSON.stringify({ ScalingPolicies: [TRACKING] }) },
    ],
  }),
  aGroup('workers-prod', { min: 0, max: 40, queues: ['orders'] }),
  aGroup('mqtt-prod', {
    servedBy: [
      {
        loadBalancer: 'net/mqtt/50dc6c495c0c9188',
        targetGroup: 'targetgroup/mqtt/73e2d6bc24d8a067',
      },
    ],
    warmupSeconds: 90,
  }),
  aGroup('reports-prod', { min: 1, max: 4 }),
  aGroup('new-prod'),
  aGroup('database-prod', { min: 3, max: 3 }),
  aGroup('eks-nodes', { tags: { 'eks:nodegroup-name': 'blue' } }),
];

const PERIODS = 600;
/** A day in which the load of a group swings between a tenth and the whole of its height. */
const swinging = (height: number): ReadonlyMap<number, number> =>
  new Map(
    Array.from({ length: PERIODS }, (_, place) => [
      NOON - (PERIODS - place) * 300_000,
      height * (0.55 - 0.45 * Math.cos((2 * Math.PI * place) / 288)),
    ]),
  );

/** The past of the account: what four instances of each group had. */
const pastOf = (metric: Metric): ReadonlyMap<number, number> => {
  if (metric.kind !== 'stat') return new Map();
  const { metricName, dimensions } = metric;
  if (metricName === 'RequestCount') return swinging(4 * 300 * 100);
  if (metricName === 'NewFlowCount') return swinging(4 * 300 * 12);
  if (metricName === 'NumberOfMessagesDeleted') return swinging(4 * 300 * 2);
  if (metricName !== 'CPUUtilization') return new Map();
  if (metric.statistic === 'SampleCount') {
    // A value of each of its four instances in five minutes, where they have no detailed monitoring.
    const count = dimensions.AutoScalingGroupName === 'reports-prod' ? 4 : 20;
    return new Map([[NOON - 300_000, count]]);
  }
  return dimensions.AutoScalingGroupName === 'new-prod' ? new Map() : swinging(62);
};

const account = accountWith([], {
  survey: async () => GROUPS,
  recorder: async () => ({
    readRanges: async (metrics) => metrics.map(pastOf),
    readLaunchHistory: async (group) =>
      group === 'web-prod'
        ? [60, 70, 80, 90, 100, 110].map((bootSeconds, place) => ({
            startedAt: NOON - place * 3_600_000,
            bootSeconds,
          }))
        : [],
  }),
});

const init = (...args: readonly string[]) => runCli(['init', ...args], { cwd: folder, account });

describe('tidegate init', () => {
  test('writes rules for each group of the account by what it is and what it carried', async () => {
    const { code, stdout } = await init('--email', 'ops@acme.test');

    expect(code).toBe(0);
    expect(written()).toBe(readFileSync('test/fixtures/init/tidegate.yml', 'utf8'));
    expect(stdout).toContain('left out: eks-nodes: Amazon EKS changes it');
    expect(stdout).toContain('left out: database-prod: its MinSize and MaxSize are both 3');
  });

  test('writes a file that is valid, in which lint finds nothing and no rule acts', async () => {
    await init('--email', 'ops@acme.test');
    const parsed = parseConfiguration(written(), { file: 'tidegate.yml', prefix: 'tidegate' });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
    const { groups } = parsed.value;

    expect(groups.map(({ name }) => name)).toEqual([
      'web-prod',
      'workers-prod',
      'mqtt-prod',
      'reports-prod',
      'new-prod',
    ]);
    expect(groups.flatMap(({ rules }) => rules.filter(({ isShadow }) => !isShadow))).toEqual([]);
    expect(lint(parsed.value)).toEqual([]);
  });

  test('writes a serverless.yml for the Region that it read, and what git is to leave out', async () => {
    await init();

    expect(readdirSync(folder).sort()).toEqual(['.gitignore', 'serverless.yml', 'tidegate.yml']);
    expect(written('serverless.yml')).toContain('plugins:\n  - tidegate\n');
    expect(written('serverless.yml')).toContain('  region: eu-central-1\n');
    expect(written('.gitignore')).toBe('node_modules/\n.serverless/\n.tidegate/\n');
  });

  test('writes rules only for the groups that are named', async () => {
    await init('--asg', 'reports-prod', '--asg', 'new-prod');

    expect(written().match(/autoScalingGroup: .*/g)).toEqual([
      'autoScalingGroup: reports-prod',
      'autoScalingGroup: new-prod',
    ]);
  });

  test('tells a script what it wrote and what it left', async () => {
    const { stdout } = await init('--json');

    expect(JSON.parse(stdout)).toMatchObject({
      command: 'init',
      exitCode: 0,
      files: ['serverless.yml', 'tidegate.yml', '.gitignore'],
      groups: ['web-prod', 'workers-prod', 'mqtt-prod', 'reports-prod', 'new-prod'],
      left: [{ autoScalingGroup: 'database-prod' }, { autoScalingGroup: 'eks-nodes' }],
    });
  });
});

describe('tidegate init --queue', () => {
  test('follows two queues of a group in one sum, by what its workers did', async () => {
    const { code } = await init(
      ...['--asg', 'new-prod'],
      ...['--queue', 'new-prod=orders', '--queue', 'new-prod=returns.fifo'],
    );
    const parsed = parseConfiguration(written(), { file: 'tidegate.yml', prefix: 'tidegate' });

    expect([code, parsed.ok && lint(parsed.value)]).toEqual([0, []]);
    expect(written()).toContain('expression: waiting1 + inhand1 + waiting2 + inhand2');
    expect(written()).toContain('QueueName: returns.fifo');
    expect(written()).toContain('work: { track: work, target: 1200 per unit, mode: shadow }');
  });

  test('is for workers behind a load balancer, too', async () => {
    await init('--asg', 'web-prod', '--queue', 'web-prod=orders');

    expect(written()).toContain('QueueName: orders');
    expect(written()).not.toContain('alb-requests');
  });

  test.each([
    ['reports-prod', '"reports-prod" does not name a group and its queue'],
    ['=orders', '"=orders" does not name a group and its queue'],
    ['reports-prod=', '"reports-prod=" does not name a group and its queue'],
    ['wbe-prod=orders', '--queue names wbe-prod, and no rules are written for such a group'],
    ['database-prod=orders', '--queue names database-prod, and no rules are written'],
  ])('%s is refused', async (queue, message) => {
    const { code, stderr } = await init('--queue', queue);

    expect([code, readdirSync(folder)]).toEqual([2, []]);
    expect(stderr).toContain(message);
  });
});

describe('tidegate init, of a load balancer without a past', () => {
  test.each([
    ['app/web/50dc6c495c0c9188', 'Its load balancer has counted too few requests'],
    ['net/web/50dc6c495c0c9188', 'Its load balancer has counted too few connections'],
  ])('goes by CPU, and says why: %s', async (loadBalancer, because) => {
    const young = aGroup('young-prod', {
      servedBy: [{ loadBalancer, targetGroup: 'targetgroup/young/73e2d6bc24d8a067' }],
    });
    await runCli(['init'], {
      cwd: folder,
      account: accountWith([], {
        survey: async () => [young],
        recorder: async () => ({
          readRanges: async (metrics) => metrics.map(() => new Map()),
          readLaunchHistory: async () => [],
        }),
      }),
    });

    expect(written()).toContain(because);
    expect(written()).toContain('cpu: { preset: asg-cpu }');
    expect(written()).not.toContain('no load balancer');
  });
});

describe('tidegate init watches', () => {
  test('all target groups of a group, and only tells people', async () => {
    const { code, stdout } = await runCli(['init'], {
      cwd: folder,
      account: accountWith([], {
        ...account,
        survey: async () => [
          aGroup('web-prod', {
            servedBy: [
              { loadBalancer: 'gwy/scan/1dc6c495c0c9188a', targetGroup: 'targetgroup/scan/1e' },
              {
                loadBalancer: 'app/web/50dc6c495c0c9188',
                targetGroup: 'targetgroup/web/73e2d6bc24d8a067',
              },
              {
                loadBalancer: 'net/web/60dc6c495c0c9188',
                targetGroup: 'targetgroup/tcp/83e2d6bc24d8a067',
              },
            ],
          }),
        ],
      }),
    });
    const parsed = parseConfiguration(written(), { file: 'tidegate.yml', prefix: 'tidegate' });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));

    expect([code, stdout]).toEqual([0, expect.stringContaining('web-prod: 2 rules in shadow')]);
    expect(parsed.value.groups[0]?.health).toMatchObject({ action: 'notify' });
    expect(written()).toContain('targetGroup: targetgroup/tcp/83e2d6bc24d8a067');
    expect(written()).not.toContain('gwy/');
    expect(lint(parsed.value)).toEqual([]);
  });
});

describe('tidegate init refuses', () => {
  test('to write over a file, and writes nothing', async () => {
    writeFileSync(join(folder, 'tidegate.yml'), 'mine\n');
    const { code, stderr } = await init();

    expect(code).toBe(2);
    expect(stderr).toContain('tidegate.yml is there already, and nothing is written over');
    expect(readdirSync(folder)).toEqual(['tidegate.yml']);
    expect(written()).toBe('mine\n');
  });

  test('nothing when it is told to', async () => {
    writeFileSync(join(folder, 'tidegate.yml'), 'mine\n');

    expect((await init('--force')).code).toBe(0);
    expect(written()).toContain('autoScalingGroup: web-prod');
  });

  test('a group that is not there, and names those that are', async () => {
    const { code, stderr } = await init('--asg', 'wbe-prod');

    expect(code).toBe(2);
    expect(stderr).toContain('there is no Auto Scaling group wbe-prod here');
    expect(stderr).toContain('there are web-prod, workers-prod');
  });

  test('an account in which nothing can be scaled', async () => {
    const { code, stderr } = await init('--asg', 'database-prod');

    expect(code).toBe(2);
    expect(stderr).toContain('no group in eu-central-1 can be scaled: database-prod');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('tidegate init asks', () => {
  const asked: string[] = [];
  const answering = (confirm: boolean, queue = ''): Questions => ({
    choose: async (message, options) => {
      asked.push(`${message} ${options.map(({ value, hint }) => `${value} (${hint})`).join('; ')}`);
      return ['reports-prod'];
    },
    text: async (message) => {
      asked.push(message);
      return message.includes('queue') ? queue : 'ann@acme.test';
    },
    confirm: async (message) => {
      asked.push(message);
      return confirm;
    },
  });
  beforeEach(() => {
    asked.length = 0;
  });
  const run = (ask: Questions, ...args: readonly string[]) =>
    runCli(['init', ...args], { cwd: folder, account, ask });

  test('which groups, who is told, and whether to write', async () => {
    expect((await run(answering(true))).code).toBe(0);

    expect(asked[0]).toContain('web-prod (2 to 12, behind an Application Load Balancer)');
    expect(asked[0]).toContain('workers-prod (0 to 40, works on orders)');
    expect(asked[0]).not.toContain('database-prod');
    expect(asked.slice(1)).toEqual([
      'Which SQS queue does reports-prod work on? (empty: none)',
      'Who is told, by e-mail?',
      'Write serverless.yml and tidegate.yml here?',
    ]);
    expect(written().match(/autoScalingGroup: .*/g)).toEqual(['autoScalingGroup: reports-prod']);
    expect(written()).toContain('email: ann@acme.test');
  });

  test('which queue a group works on, and goes by that', async () => {
    expect((await run(answering(true, 'reports'))).code).toBe(0);

    expect(written()).toContain('dimensions: { QueueName: reports }');
    expect(written()).not.toContain('asg-cpu');
  });

  test('again for no queue that is named already', async () => {
    await run(answering(true), '--queue', 'reports-prod=reports');

    expect(asked.filter((question) => question.includes('queue'))).toEqual([]);
    expect(written()).toContain('dimensions: { QueueName: reports }');
  });

  test('for a name, and takes no address of a queue', async () => {
    const { code, stderr } = await run(answering(true, 'https://sqs.example.com/1/reports'));

    expect(code).toBe(2);
    expect(stderr).toContain('the name of the SQS queue, not its URL');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('and writes nothing when the person would rather not', async () => {
    expect((await run(answering(false))).stderr).toContain('nothing was written');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['--yes', '--json'])('nothing with %s', async (option) => {
    expect((await run(answering(true), option)).code).toBe(0);
    expect(asked).toEqual([]);
  });
});

describe('tidegate init --example', () => {
  test.each(['web', 'queue', 'api'])('%s asks nobody and writes a valid file', async (kind) => {
    const { code } = await runCli(['init', '--example', kind, '--email', 'ann@acme.test'], {
      cwd: folder,
      env: { AWS_REGION: 'eu-west-1' },
    });
    const text = written();
    const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate' });

    expect([code, parsed.ok]).toEqual([0, true]);
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules\/tidegate\/tidegate\.schema\.json\n/,
    );
    expect(text).not.toContain('@example.com');
    expect(written('serverless.yml')).toContain('  region: eu-west-1\n');
  });

  test('names no Region that nobody chose', async () => {
    await runCli(['init', '--example', 'web'], { cwd: folder });

    expect(written('serverless.yml')).not.toMatch(/region:/);
  });

  test('takes no other kind', async () => {
    const { code, stderr } = await runCli(['init', '--example', 'mainframe'], { cwd: folder });

    expect(code).toBe(2);
    expect(stderr).toContain('Allowed choices are web, queue, api');
  });
});
