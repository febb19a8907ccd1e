import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { runCli } from '#test/cli/run-cli.ts';
import { type StageChange, stageIn } from '#test/support/a-deployed-stage.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';

const RULES = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      cpu-high: { when: cpu > 70 for 3m, then: add 2 }
      load: { track: cpu, target: 50 }
notify:
  channels:
    ops: { slack: ssm:/tidegate/slack-webhook }
    pager: { pagerduty: ssm:/tidegate/pager }
  routes:
    - { on: [scaled], to: [ops] }
    - { on: [blocked, at-max, failed], to: [ops, pager] }
`;
const HEALED = RULES.replace(
  '    rules:',
  '    health: { targetGroup: targetgroup/web/73e2d6bc24d8a067, loadBalancer: app/web/50dc6c495c0c9188 }\n    rules:',
);
const folder = mkdtempSync(join(tmpdir(), 'tidegate-drill-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tidegate.yml'), RULES);

const aDeployedStage = async (change: StageChange = {}) => {
  const { run, ...stage } = await stageIn(folder, { deployed: RULES, ...change });
  return { ...stage, drill: (...args: string[]) => run('drill', ...args) };
};

describe('tidegate drill alarm', () => {
  test('says which hops were passed, and in what time; people are told of a drill', async () => {
    const { cloud, drill, calls } = await aDeployedStage();
    const { code, stdout } = await drill('alarm', 'web', 'cpu-high');
    const lines = stdout.split('\n').map((line) => line.replace(/\d+\.\d s|\d+ ms/, 'T'));

    expect(code).toBe(0);
    expect(lines[1]).toMatch(/^drill-20260302t090005z-[0-9a-f]{4}$/);
    expect(lines.slice(2).map((line) => line.replace(/ +/g, ' '))).toEqual([
      ' ✓ scale T decided in 20 ms: web would go from 4 to 6',
      ' ✓ alarm-to-notify T notify took the message of the alarm',
      ' ✓ notify T took the news of what scale decided',
      ' ✓ channel ops T was told',
      '',
      'All 4 hops were passed; nothing was changed.',
      '',
    ]);
    expect(cloud.inbox.received().map(({ message }) => message.title)).toEqual([
      'Drill: web would go from 4 to 6',
    ]);
    expect([calls('SetDesiredCapacity'), calls('TransactWriteItems')]).toEqual([[], []]);
  });

  test('--json has each hop', async () => {
    const { drill } = await aDeployedStage();
    const { stdout } = await drill('alarm', 'web', 'cpu-high', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'drill',
      exitCode: 0,
      drill: expect.stringMatching(/^drill-/),
      startedAt: NOON + seconds(5),
      steps: [
        { hop: 'scale', isPassed: true, afterMs: expect.any(Number) },
        { hop: 'alarm-to-notify', isPassed: true },
        { hop: 'notify', isPassed: true },
        { hop: 'channel ops', isPassed: true },
      ],
    });
  });

  test('ends with 1 when a channel does not take it, and says what to do', async () => {
    const { drill } = await aDeployedStage({ isDown: true });
    const { code, stdout } = await drill('alarm', 'web', 'cpu-high', '--within', '30');

    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ channel ops +– {2}the message waits there/);
    expect(stdout).toContain('npx tidegate notify --test ops --service tidegate --stage dev');
    expect(stdout).toContain('1 of 4 hops were not passed; nothing was changed.');
  });

  test('says that what is deployed does not know the rule', async () => {
    const { drill } = await aDeployedStage({ deployed: RULES.replace('cpu-high:', 'cpu-hot:') });
    const { code, stdout } = await drill('alarm', 'web', 'cpu-high', '--within', '10');

    expect(code).toBe(1);
    expect(stdout).toContain('no deployed rule is bound to the alarm tidegate-dev-web-cpu-high');
    expect(stdout).toContain('npx serverless deploy');
  });

  test('says that nobody is told where no route leads to a channel', async () => {
    const { drill } = await aDeployedStage();
    await drill('alarm', 'web', 'cpu-high');
    writeFileSync(join(folder, 'quiet.yml'), RULES.replace('on: [scaled]', 'on: [replaced]'));
    const { code, stdout } = await drill('alarm', 'web', 'cpu-high', '-c', 'quiet.yml');

    expect(code).toBe(0);
    expect(stdout).toContain('no route sends `scaled` of web to a channel: nobody is told of it');
  });
});

describe('where a group has health', () => {
  const aHealedStage = async () => {
    writeFileSync(join(folder, 'healed.yml'), HEALED);
    return aDeployedStage({ deployed: HEALED });
  };

  test('a drill of an alarm looks whether heal takes the message, too', async () => {
    const { drill } = await aHealedStage();
    const { code, stdout } = await drill('alarm', 'web', 'cpu-high', '-c', 'healed.yml');

    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ heal +0\.\d s {2}took the message/);
  });

  test('a drill of dead letters looks into the queue of heal, too', async () => {
    const { drill } = await aHealedStage();
    const { code, stdout } = await drill('dead-letters', '-c', 'healed.yml');

    expect(code).toBe(0);
    expect(stdout.match(/✓ .*$/gm)).toHaveLength(9);
  });
});

describe('tidegate drill channel', () => {
  test('tells one channel, through the outcome topic', async () => {
    const { cloud, drill } = await aDeployedStage();
    const { code, stdout } = await drill('channel', 'ops');

    expect({ code, hops: stdout.match(/✓/g)?.length }).toEqual({ code: 0, hops: 2 });
    expect(
      cloud.inbox.received().map(({ channel, message }) => [channel.name, message.title]),
    ).toEqual([['ops', 'Drill: the channel ops is tried']]);
  });

  test('opens and closes an incident where a channel keeps them', async () => {
    const { cloud, drill } = await aDeployedStage();
    const { code } = await drill('channel', 'pager');
    const incidents = cloud.inbox.received().map(({ message }) => message.incident);

    expect(code).toBe(0);
    expect(incidents.map(({ phase }) => phase)).toEqual(['opened', 'closed']);
    expect(new Set(incidents.map(({ key }) => key)).size).toBe(1);
  });
});

test('tidegate drill sweep waits for the next look, and has each group decided on as it is', async () => {
  const { drill, timeline } = await aDeployedStage();
  const { code, stdout } = await drill('sweep');

  expect(code).toBe(0);
  expect(timeline.now()).toBeGreaterThan(NOON + minutes(1));
  expect(stdout).toMatch(/✓ sweep +5\d\.\d s {2}looked at all groups/);
  expect(stdout).toMatch(/✓ scale web +0\.\d s {2}web would stay as it is \(held\)/);
});

test('tidegate drill dead-letters sees each function set the message aside, and takes it out again', async () => {
  const { cloud, drill } = await aDeployedStage();
  const { code, stdout } = await drill('dead-letters');

  expect(code).toBe(0);
  expect(stdout.match(/✓ .*$/gm)).toHaveLength(6);
  expect(cloud.inbox.received()).toEqual([]);
});

describe('a mistake in the command line', () => {
  test.each([
    [['alarm', 'web'], 'drill alarm takes GROUP and RULE, and 1 were given'],
    [['alarm', 'wep', 'cpu-high'], 'there is no group named "wep"'],
    [['alarm', 'web', 'cpu-hihg'], 'web has no rule named "cpu-hihg"'],
    [['alarm', 'web', 'load'], 'the rule load of web has no alarm'],
    [['channel', 'opps'], 'there is no channel named "opps"'],
    [['sweep', 'web'], 'drill sweep takes no name, and 1 were given'],
    [['fire'], 'found "fire", expected alarm, channel, sweep, dead-letters, load or failure'],
    [['sweep', '--rate', '5'], '--rate does not go with drill sweep'],
    [['sweep', '--yes-this-is-mine'], '--yes-this-is-mine does not go with drill sweep'],
    [['load', '--instance', 'i-1'], '--instance does not go with drill load'],
    [['load', '--within', '60'], '--within does not go with drill load'],
    [['load', 'web'], 'drill load takes no name, and 1 were given'],
    [['failure'], 'drill failure takes GROUP, and 0 were given'],
    [['failure', 'wep'], 'there is no group named "wep"'],
    [['sweep', '--within', '0'], '--within: found "0", expected whole seconds from 1 to 3600'],
  ])('%j needs no AWS to be told', async (args, sentence) => {
    const { code, stderr } = await runCli(['drill', ...args], { cwd: folder });

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(sentence) });
  });
});

test('a drill needs no list of stacks where the stage and the table are both named', async () => {
  const { drill } = await aDeployedStage({ isListed: false });
  const { code, stdout } = await drill('sweep', '--stage', 'dev', '--table', 'tidegate-dev');

  expect(code).toBe(0);
  expect(stdout).toContain('stage dev of tidegate, in eu-central-1, account 123456789012');
  expect((await drill('sweep', '--stage', 'dev')).code).not.toBe(0);
});
