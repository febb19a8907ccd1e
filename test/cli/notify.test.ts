import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import type { Account } from '#cli/terminal.ts';
import { accountWith, aDeployment, PLACE } from '#test/support/a-deployment.ts';
import { mockClient } from '#test/support/mock-client.ts';
import { answer, startSlack } from '#test/support/slack-server.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-notify-'));
afterAll(() => rmSync(folder, { recursive: true }));
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const GROUP = `web:
    autoScalingGroup: web-prod
    metrics: { cpu: { preset: asg-cpu } }`;

const fileWith = (channels: string, name = 'tidegate.yml'): string => {
  const text = `version: 1
groups:
  ${GROUP}
alerts: { hot: { group: web, when: cpu > 90 for 5m, severity: critical } }
notify: { channels: { ${channels} } }
`;
  writeFileSync(join(folder, name), text);
  return name;
};

const ALL = `ops: { slack: ssm:/slack }, chat: { teams: ssm:/teams }, pager: { pagerduty: ssm:/key },
  mine: { webhook: ssm:/url, origin: "https://x.de" }, mail: { email: a@b.de }`;

const SAMPLES = [
  ...['scaled', 'replaced', 'held', 'at-max', 'blocked', 'failed', 'override', 'foreign'],
  'flapping',
  ...['alert', 'alarm', 'report'],
];

describe('tidegate notify --render', () => {
  test('prints a message of each kind for each channel, and reaches nobody', async () => {
    const config = fileWith(ALL);
    const { code, stdout } = await runCli(['notify', '--render', '--config', config], {
      cwd: folder,
    });

    expect(code).toBe(0);
    const titles = [...stdout.matchAll(/^── (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(
      [
        'ops (slack)',
        'chat (teams)',
        'pager (pagerduty)',
        'mine (webhook)',
        'mail (email)',
      ].flatMap((channel) => SAMPLES.map((sample) => `${channel}: ${sample}`)),
    );
    expect(stdout).toContain('"routing_key": "ROUTING-KEY"');
    expect(stdout).toContain('Subject: [Tidegate dev] web scaled out from 4 to 6');
  });

  test('writes files on request', async () => {
    const config = fileWith(ALL);
    const args = ['notify', '--render', '--config', config, '--out', 'messages'];
    const { code, stdout } = await runCli(args, { cwd: folder });

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `61 files in ${join(folder, 'messages')}\n`,
    });
    expect(readdirSync(join(folder, 'messages'))).toHaveLength(61);
    const text = readFileSync(join(folder, 'messages', 'ops-blocked.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ text: 'web is blocked: somebody must look' });
  });

  test('says so when there is nobody to tell', async () => {
    writeFileSync(join(folder, 'none.yml'), `version: 1\ngroups:\n  ${GROUP}\n`);
    const { code, stderr } = await runCli(['notify', '--render', '--config', 'none.yml'], {
      cwd: folder,
    });

    expect(code).toBe(1);
    expect(stderr).toContain('no channel is configured');
  });
});

describe('tidegate notify --test', () => {
  const account = (parts: Partial<Account>): Account =>
    accountWith([aDeployment()], {
      mail: () => ({ sns: new SNSClient({}), ses: new SESv2Client({}) }),
      ...parts,
    });

  test.each([
    { args: [], sent: ['scaled'] },
    { args: ['--all'], sent: SAMPLES },
  ])('sends one trial, or one of each kind: $args', async ({ args, sent }) => {
    const slack = await startSlack(answer(200, 'ok'));
    stops.push(slack.stop);
    const config = fileWith(`ops: { slack: ssm:/slack, origin: "${slack.origin}" }`);
    const { code, stdout } = await runCli(
      ['notify', '--test', 'ops', '--config', config, ...args],
      {
        cwd: folder,
        account: account({ readSecret: async () => slack.url.href }),
      },
    );

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: PLACE + sent.map((name) => `${name}: sent\n`).join(''),
    });
    expect(slack.requests).toHaveLength(sent.length);
    expect(slack.requests[0]?.body).toContain('Trial: web scaled out');
    expect(slack.requests[0]?.body).toContain('trial/web/capacity');
  });

  test('stops at the first that does not get through, and says once why and what to do', async () => {
    const slack = await startSlack(answer(404, 'no_service'));
    stops.push(slack.stop);
    const config = fileWith(`ops: { slack: ssm:/slack, origin: "${slack.origin}" }`);
    const args = ['notify', '--test', 'ops', '--all', '--config', config];
    const { code, stdout, stderr } = await runCli(args, {
      cwd: folder,
      account: account({ readSecret: async () => slack.url.href }),
    });

    expect(code).toBe(3);
    expect(stdout).toBe(`${PLACE}scaled: not taken, nor will anything be until that is fixed\n`);
    expect(stderr).toContain('tidegate: Slack answered 404 no_service\n');
    expect(stderr).toContain(
      'store it: aws ssm put-parameter --overwrite --type SecureString --name /slack --value file://FILE\n',
    );
    expect(slack.requests).toHaveLength(1);
  });

  test('says so when the parameter is not there', async () => {
    const config = fileWith('ops: { slack: ssm:/slack }');
    const { stdout, stderr } = await runCli(['notify', '--test', 'ops', '--config', config], {
      cwd: folder,
      account: account({
        readSecret: () => Promise.reject(Object.assign(new Error(), { name: 'ParameterNotFound' })),
      }),
    });

    expect(stdout).toBe(`${PLACE}scaled: not sent\n`);
    expect(stderr).toMatch(/could not be read: ParameterNotFound\n {2}there is no such parameter/);
  });

  test.each([{ args: ['--topic', 'arn:aws:sns:eu-west-1:123456789012:other'] }, { args: [] }])(
    'finds the topic of a mailbox beside the alarm topic: $args',
    async ({ args }) => {
      const sns = mockClient(SNSClient);
      sns.on(PublishCommand).resolves({});
      const config = fileWith('mail: { email: a@b.de }');
      const { code } = await runCli(['notify', '--test', 'mail', '--config', config, ...args], {
        cwd: folder,
        account: account({
          mail: () => ({ sns: new SNSClient({}), ses: new SESv2Client({}) }),
          topicOf: async (stack) => `arn:aws:sns:eu-west-1:123456789012:${stack}-alarms`,
        }),
      });

      expect(code).toBe(0);
      expect(sns.call(0).args[0].input).toMatchObject({
        TopicArn: 'arn:aws:sns:eu-west-1:123456789012:tidegate-dev-mail-mail',
      });
    },
  );

  test('knows the channels of the file', async () => {
    const config = fileWith('ops: { slack: ssm:/slack }');
    const { code, stderr } = await runCli(['notify', '--test', 'opps', '--config', config], {
      cwd: folder,
    });

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'tidegate: there is no channel named "opps" in the configuration\n  did you mean "ops"?\n',
    });
  });

  test('says why AWS cannot be reached', async () => {
    const config = fileWith('ops: { slack: ssm:/slack }');

    expect(
      (await runCli(['notify', '--test', 'ops', '--config', config], { cwd: folder })).code,
    ).toBe(3);
  });
});

test.each([[[]], [['--render', '--test', 'ops']]])('%j is no usage', async (args) => {
  expect((await runCli(['notify', ...args], { cwd: folder })).code).toBe(2);
});

test('a file with mistakes is told so', async () => {
  for (const args of [['--render'], ['--test', 'ops']]) {
    expect((await runCli(['notify', ...args, '--config', 'no.yml'], { cwd: folder })).code).toBe(2);
  }
});
