import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT, runCli, runProcess } from './run-cli.ts';

/** Starting a process takes a second, and several on a busy machine. */
const PROCESS_MS = 60_000;

const VALID = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      cpu-high: { when: cpu > 70 for 5m, then: add 2, onMissing: ignore }
      mine: { when: { alarm: my-alarm }, then: set 4 }
    health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188 }
alerts: { hot: { group: web, when: cpu > 90 for 5m, severity: critical } }
notify: { channels: { mail: { email: ops@example.com }, ops: { slack: ssm:/hook } } }
`;
const BROKEN = `version: 1
groups:
  web: { autoScalingGroup: web-prod, capacty: {} }
`;

const LEAST = `version: 1
groups:
  api: { autoScalingGroup: api-prod }
  web: { autoScalingGroup: web-prod, capacity: { max: 9 } }
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidegate-cli-'));
  await mkdir(join(folder, 'below', 'further'), { recursive: true });
  await writeFile(join(folder, 'tidegate.yml'), VALID);
  await writeFile(join(folder, 'broken.yml'), BROKEN);
});

afterAll(() => rm(folder, { recursive: true }));

describe('tidegate validate', () => {
  test('says in words what a valid file means', async () => {
    expect(await runCli(['validate', '--stage', 'prod'], { cwd: folder })).toEqual({
      code: 0,
      stderr: [
        'tidegate: read tidegate.yml (found here)',
        'tidegate: next, deploy it: npx serverless deploy --stage prod',
        '',
      ].join('\n'),
      stdout: `tidegate.yml is valid: 1 group, 2 rules, 3 alarms to make.

Group web: Auto Scaling group web-prod, at least 2
  cpu-high  while cpu > 70 for 5m, add 2; left out while it has no data
  mine      while your alarm my-alarm fires, set 4
  cooldown: 3 min before adding again, 5 min before removing
  health: replace targets of targetgroup/web/73e2d6bc24d8a067 that are unhealthy for 2 min, while 50% stay healthy and no more than 30% fail at once

Alerts, which scale nothing:
  hot: critical while cpu > 90 for 5m, in web

Alarms that the deployment makes:
  tidegate-prod-web-cpu-high
  tidegate-prod-web-unhealthy-targets
  tidegate-prod-web-alert-hot

Who is told:
  mail: ops@example.com, as plain text
  ops: Slack, by the webhook in /hook
  scaled, replaced, blocked, at-max, failed, override, foreign, flapping, membership, alert → mail, ops
`,
    });
  });

  test('says what a file leaves out', async () => {
    await writeFile(join(folder, 'least.yml'), LEAST);

    expect(
      (await runCli(['validate', 'least.yml'], { cwd: folder })).stdout,
    ).toBe(`least.yml is valid: 2 groups, 0 rules, 0 alarms to make.

Group api: Auto Scaling group api-prod, within its own MinSize and MaxSize
  cooldown: 3 min before adding again, 5 min before removing

Group web: Auto Scaling group web-prod, at most 9
  cooldown: 3 min before adding again, 5 min before removing

Nobody is told anything: there is no channel under notify.
`);
  });

  test('says for how long an earlier recommendation counts, and that people are only told', async () => {
    await writeFile(
      join(folder, 'calm.yml'),
      `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    behavior: { scaleOut: { stabilize: 1m }, scaleIn: { stabilize: 8m } }
    health:
      action: notify
      targetGroup: targetgroup/web/73e2d6bc24d8a067
      loadBalancer: app/web/50dc6c495c0c9188
`,
    );
    const { stdout } = await runCli(['validate', 'calm.yml'], { cwd: folder });

    expect(stdout.split('\n').slice(3, 6)).toEqual([
      '  cooldown: 3 min before adding again, 5 min before removing',
      '  stabilization: adds to the smallest of the last 1 min, removes to the largest of the last 8 min',
      '  health: tell people of targets of targetgroup/web/73e2d6bc24d8a067 that are unhealthy for 2 min',
    ]);
  });

  test('says how fast a group may change, how often it is looked at, and what stands by for it', async () => {
    await writeFile(
      join(folder, 'paced.yml'),
      `version: 1
fleets:
  workers:
    select: { tags: { role: worker } }
    every: 30s
groups:
  web:
    autoScalingGroup: web-prod
    every: auto
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      ahead: { forecast: cpu, perInstance: 40 }
      load: { track: cpu, target: 60, onMissing: last 10m }
      sale: { schedule: { from: "2026-12-24T00:00", to: "2026-12-27", timezone: Europe/Berlin }, capacity: 6 }
    warmPool: { wake: 45s, reuse: off }
    standby: { of: us-east-1/web-dr, min: 60% }
    behavior:
      onForeignChange: hold 45m
      scaleOut: { limits: [{ add: 100%, per: 1m }, { add: 4, per: 1m }] }
      scaleIn: { select: disabled }
  api:
    autoScalingGroup: api-prod
    every: 15s
    behavior:
      onForeignChange: restore
      scaleOut: { limits: [{ add: 100%, per: 1m }, { add: 4, per: 1m }], select: min }
      scaleIn: { limits: [{ remove: 1, per: 5m }] }
`,
    );
    const { stdout } = await runCli(['validate', 'paced.yml'], { cwd: folder });

    expect(stdout.split('\n').slice(2, -3)).toEqual([
      'Group web: Auto Scaling group web-prod, within its own MinSize and MaxSize',
      '  ahead  forecast cpu, at 40 for each unit',
      '  load   keep cpu at 60; without data a value may be 10 min old',
      '  sale   from 2026-12-23 23:00 UTC to 2026-12-26 23:00 UTC, want 6',
      '  cooldown: 3 min before adding again, 5 min before removing',
      '  stabilization: removes to the largest of the last 5 min',
      '  limits: adds at most 100% in 1 min or 4 in 1 min, the larger of them, never removes',
      '  changes by others: left alone for 45 min',
      '  looked at every minute, and when a new value is due',
      '  warm pool: stopped instances, which serve 45 s after their start; those that leave are terminated',
      '  stands in for us-east-1/web-dr: at least 60% of its capacity while it is impaired',
      '',
      'Group api: Auto Scaling group api-prod, within its own MinSize and MaxSize',
      '  cooldown: 3 min before adding again, 5 min before removing',
      '  limits: adds at most 100% in 1 min or 4 in 1 min, the smaller of them, removes at most 1 in 5 min',
      '  changes by others: what is taken away is put back, once',
      '  looked at every 15 s',
      '',
      'Fleet workers: every Auto Scaling group with the tags role=worker and that of the deployment, within its own MinSize and MaxSize',
      '  cooldown: 3 min before adding again, 5 min before removing',
      '  looked at every 30 s',
      '  conditions are held against their metrics, without an alarm',
    ]);
  });

  test('says what must stay healthy, when it is quiet once, to which channel no route leads, and on which bus outcomes are events', async () => {
    await writeFile(
      join(folder, 'told.yml'),
      `version: 1
events: { hub: "arn:aws:events:eu-west-1:111122223333:event-bus/tidegate" }
groups:
  web:
    autoScalingGroup: web-prod
    health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188, minHealthy: 3 }
notify:
  channels: { ops: { slack: ssm:/hook, quiet: { from: 2026-12-24, to: 2026-12-27T08:00, timezone: Europe/Berlin } }, mail: { email: ops@example.com }, week: { slack: ssm:/week } }
  routes: [{ on: [scaled], to: [ops] }]
  report: { every: monday 08:00, to: [week] }
`,
    );
    const { stdout } = await runCli(['validate', 'told.yml'], { cwd: folder });

    expect(stdout).toContain(' for 2 min, while 50%, and 3 at least, stay healthy and no more');
    expect(stdout.split('\n').slice(9)).toEqual([
      'Who is told:',
      '  ops: Slack, by the webhook in /hook, quiet from 2026-12-23 23:00 UTC to 2026-12-27 07:00 UTC',
      '  mail: ops@example.com, as plain text; no route leads to it',
      '  week: Slack, by the webhook in /week',
      '  scaled → ops',
      '  the report → week, each monday 08:00 in UTC',
      '',
      'Outcomes are events on the bus default, forwarded to arn:aws:events:eu-west-1:111122223333:event-bus/tidegate.',
      '',
    ]);
  });

  test('says who is told what, where the secrets are, and when it is quiet', async () => {
    const { code, stdout } = await runCli(['validate', 'examples/who-is-told.yml'], {
      cwd: process.cwd(),
    });
    expect(code).toBe(0);
    expect(stdout.slice(stdout.indexOf('Who is told'))).toBe(
      `Who is told:
  ops: Slack channel C024BE91L, by the bot token in secretsmanager:tidegate/slack-bot
  mail: ops@example.com, as HTML from tidegate@example.com, quiet from "0 22 * * *" to "0 7 * * *" (Europe/Berlin)
  pager: PagerDuty, by the routing key in /tidegate/pagerduty-key
  scaled, replaced → ops, in one message each 10 min
  override, foreign → ops
  at-max, blocked, failed, alert → ops, mail
  blocked, failed, alert → pager, only critical
  the report → ops, mail, each monday 08:00 in Europe/Berlin
`,
    );
  });

  test('explains a broken file and exits with 1', async () => {
    expect(await runCli(['validate', 'broken.yml'], { cwd: folder })).toEqual({
      code: 1,
      stderr: 'tidegate: read broken.yml (as asked)\n',
      stdout: `broken.yml:3:38 groups.web.capacty: unknown key "capacty"
     2 | groups:
>    3 |   web: { autoScalingGroup: web-prod, capacty: {} }
       |                                      ^^^^^^^
  expected: one of autoScalingGroup, capacity, metrics, rules, behavior, every, warmPool, standby, health, runbook, dashboard, instanceHour
  help: did you mean "capacity"?

1 mistake; nothing can be deployed from this file.
`,
    });
  });

  test('finds the file above the working directory', async () => {
    const { code, stderr } = await runCli(['validate'], { cwd: join(folder, 'below', 'further') });

    expect(code).toBe(0);
    expect(stderr).toContain('read ../../tidegate.yml (found above)');
  });

  test('prefers TIDEGATE_CONFIG to the directory, and the argument to both', async () => {
    const options = { cwd: folder, env: { TIDEGATE_CONFIG: 'broken.yml' } };

    expect(await runCli(['validate'], options)).toMatchObject({
      code: 1,
      stderr: 'tidegate: read broken.yml (named by TIDEGATE_CONFIG)\n',
    });
    expect(await runCli(['validate', 'tidegate.yml'], options)).toMatchObject({ code: 0 });
  });

  test.each([
    [{}, false],
    [{ isTTY: true }, true],
    [{ isTTY: true, env: { TERM: 'dumb' } }, false],
    [{ isTTY: true, env: { NO_COLOR: '1' } }, false],
    [{ isTTY: true, env: { FORCE_COLOR: '0' } }, false],
    [{ env: { FORCE_COLOR: '1' } }, true],
    [{ env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, false],
  ])('on %j has colours: %j', async (options, hasColours) => {
    const { stdout } = await runCli(['validate'], { cwd: folder, ...options });
    expect(stdout.includes('\u001b[')).toBe(hasColours);
  });
});

describe('the stage of the names that validate shows', () => {
  const SAID = 'tidegate: the names of alarms are those of stage dev; --stage says another\n';

  test.each([
    [[], {}, true],
    [['--stage', 'dev'], {}, false],
    [[], { TIDEGATE_STAGE: 'prod' }, false],
    [['broken.yml'], {}, false],
  ])('is said where nobody named one: %j, %j', async (args, env, isSaid) => {
    const { stderr } = await runCli(['validate', ...args], { cwd: folder, env });

    expect(stderr.includes(SAID)).toBe(isSaid);
  });
});

describe('the command that validate recommends deploys the file that was validated', () => {
  const nextOf = async (args: readonly string[], options: Parameters<typeof runCli>[1] = {}) => {
    const { stderr } = await runCli(['validate', ...args], { cwd: folder, ...options });
    return /next, deploy it: (.*)/.exec(stderr)?.[1];
  };

  test.each([
    { args: [], env: {}, next: 'npx serverless deploy --stage dev' },
    { args: ['--stage', 'prod'], env: {}, next: 'npx serverless deploy --stage prod' },
    { args: [], env: { TIDEGATE_STAGE: 'test' }, next: 'npx serverless deploy --stage test' },
    {
      args: ['other.yml', '--stage', 'prod'],
      env: {},
      next: 'TIDEGATE_CONFIG=other.yml npx serverless deploy --stage prod',
    },
    {
      args: ['--config', "it's.yml"],
      env: {},
      next: "TIDEGATE_CONFIG='it'\\''s.yml' npx serverless deploy --stage dev",
    },
    {
      args: [],
      env: { TIDEGATE_CONFIG: 'other.yml' },
      next: 'TIDEGATE_CONFIG=other.yml npx serverless deploy --stage dev',
    },
    {
      args: ['tidegate.yml'],
      env: { TIDEGATE_CONFIG: 'other.yml' },
      next: 'TIDEGATE_CONFIG=tidegate.yml npx serverless deploy --stage dev',
    },
  ])('$args with $env: $next', async ({ args, env, next }) => {
    await writeFile(join(folder, 'other.yml'), VALID);
    await writeFile(join(folder, "it's.yml"), VALID);

    expect(await nextOf(args, { env })).toBe(next);
  });

  test('from below it leads to where serverless.yml is', async () => {
    const home = await mkdtemp(join(tmpdir(), 'tidegate-home-'));
    await mkdir(join(home, 'rules', 'prod'), { recursive: true });
    await writeFile(join(home, 'serverless.yml'), 'service: tidegate\n');
    await writeFile(join(home, 'rules', 'prod', 'web.yml'), VALID);
    const next = await nextOf(['web.yml'], { cwd: join(home, 'rules', 'prod') });
    await rm(home, { recursive: true });

    expect(next).toBe(
      'cd ../.. && TIDEGATE_CONFIG=rules/prod/web.yml npx serverless deploy --stage dev',
    );
  });
});

describe('tidegate validate --json', () => {
  test('prints one object about a valid file', async () => {
    const { code, stdout } = await runCli(['validate', '--json', '--service', 'shop'], {
      cwd: folder,
    });

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      command: 'validate',
      exitCode: 0,
      valid: true,
      file: 'tidegate.yml',
      problems: [],
      summary: {
        groups: [
          {
            name: 'web',
            autoScalingGroup: 'web-prod',
            capacity: { min: 2 },
            rules: [
              {
                name: 'cpu-high',
                sentence: 'while cpu > 70 for 5m, add 2; left out while it has no data',
                kind: 'threshold',
                alarm: 'shop-dev-web-cpu-high',
              },
              {
                name: 'mine',
                sentence: 'while your alarm my-alarm fires, set 4',
                kind: 'threshold',
                alarm: 'my-alarm',
              },
            ],
          },
        ],
        alarms: [
          'shop-dev-web-cpu-high',
          'shop-dev-web-unhealthy-targets',
          'shop-dev-web-alert-hot',
        ],
        channels: [
          { kind: 'email', name: 'mail' },
          { kind: 'slack', name: 'ops' },
        ],
      },
    });
  });

  test('prints one object about a broken file', async () => {
    const { code, stdout } = await runCli(['validate', 'broken.yml', '--json'], { cwd: folder });

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      command: 'validate',
      exitCode: 1,
      valid: false,
      file: 'broken.yml',
      problems: [
        {
          file: 'broken.yml',
          line: 3,
          column: 38,
          path: 'groups.web.capacty',
          code: 'unknown-key',
          message: 'unknown key "capacty"',
          expected:
            'one of autoScalingGroup, capacity, metrics, rules, behavior, every, warmPool, standby, health, runbook, dashboard, instanceHour',
          suggestion: 'did you mean "capacity"?',
        },
      ],
      summary: null,
    });
  });
});

describe('wrong usage exits with 2 and prints no data', () => {
  test.each([
    [['validate', 'nowhere.yml'], 'cannot read nowhere.yml (as asked): there is no such file'],
    [['validate', '.'], 'it is a directory'],
    [['validate', 'below'], 'cannot read below (as asked): it is a directory'],
    [['validate', '--jsn'], "unknown option '--jsn'; Did you mean --json?"],
    [['validte'], `unknown command 'validte'\n  did you mean "validate"?`],
    [['validate', 'a.yml', 'b.yml'], 'too many arguments'],
    [['validate', '--stage'], 'argument missing'],
    [[], 'Usage: tidegate'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: folder });

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('where there is no tidegate.yml', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'tidegate-empty-'));
    const { code, stdout, stderr } = await runCli(['validate'], { cwd: empty });
    await rm(empty, { recursive: true });

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('there is no tidegate.yml here or in a directory above');
    expect(stderr).toContain('write one: tidegate init');
  });
});

describe('help', () => {
  test.each([[['--help']], [['validate', '--help']], [['help', 'schema']]])(
    '%j begins with examples',
    async (args) => {
      const { code, stdout } = await runCli(args);

      expect(code).toBe(0);
      expect(stdout).toMatch(/^Examples?:\n {2}\$ tidegate /);
    },
  );
});

test('tidegate schema prints the JSON Schema that is in the repository, to the byte', async () => {
  expect(await runCli(['schema'])).toEqual({
    code: 0,
    stderr: '',
    stdout: await readFile(`${ROOT}tidegate.schema.json`, 'utf8'),
  });
});

test('tidegate schema prints one schema, and says so when two are asked for', async () => {
  expect(await runCli(['schema', '--record', '--outcome', 'scaled'])).toEqual({
    code: 2,
    stderr: 'tidegate: --record and --outcome ask for a schema each\n  give one of them\n',
    stdout: '',
  });
});

test('tidegate validate says that a file may have groups, fleets, or both', async () => {
  await writeFile(join(folder, 'bare.yml'), 'version: 1\n');
  const { stdout } = await runCli(['validate', 'bare.yml'], { cwd: folder });

  expect(stdout).toContain('"groups" is missing');
  expect(stdout).toContain('expected: groups, fleets, or both');
});

describe('the tidegate process', () => {
  test.each([
    ['0 for a valid file', ['validate', '--json', 'tidegate.yml'], 0, true],
    ['1 for a broken file', ['validate', '--json', 'broken.yml'], 1, false],
  ])(
    'exits with %s, with JSON alone on stdout',
    async (_, args, code, valid) => {
      const run = await runProcess(args, { cwd: folder });

      expect(run.code).toBe(code);
      expect(JSON.parse(run.stdout)).toMatchObject({ schemaVersion: 1, valid });
    },
    PROCESS_MS,
  );

  test(
    'exits with 2 for wrong usage',
    async () => {
      const run = await runProcess(['validate', 'nowhere.yml'], { cwd: folder });

      expect(run).toEqual({
        code: 2,
        stdout: '',
        stderr:
          'tidegate: cannot read nowhere.yml (as asked): there is no such file\n  name another: --config FILE, or export TIDEGATE_CONFIG\n',
      });
    },
    PROCESS_MS,
  );
});
