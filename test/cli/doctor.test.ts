import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Checkup } from '#domain/doctor/checkup.ts';
import { accountWith, aDeployment, PLACE } from '#test/support/a-deployment.ts';
import { aCheckup, soundDeployment } from '#test/support/checkup.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, 'tidegate.yml'),
  'version: 1\ngroups: { web: { autoScalingGroup: web-prod }, batch: { autoScalingGroup: batch } }\n',
);

const run = async (checkup: Checkup | Error, ...args: string[]) => {
  const asked: string[] = [];
  const account = accountWith([aDeployment()], {
    examine: async ({ stack, topicArn, groups }) => {
      asked.push(
        `${[stack, topicArn ?? []].flat().join(' ')}: ${groups.map(({ name }) => name).join(', ')}`,
      );
      if (checkup instanceof Error) throw checkup;
      return checkup;
    },
  });
  return { ...(await runCli(['doctor', ...args], { cwd: folder, account })), asked };
};

const ILL = aCheckup(
  { mail: [{ ...soundDeployment.mail[0]!, status: 'pending' }] },
  { scheduledActions: ['night'] },
);

describe('tidegate doctor', () => {
  test('says what is sound, and ends with 0', async () => {
    const { code, stdout, asked } = await run(aCheckup());

    expect(code).toBe(0);
    expect(asked).toEqual(['tidegate-dev: web, batch']);
    expect(stdout).toMatch(
      /^.*stack tidegate-dev\n {2}✓ \d+ sound\n\ngroup web\n {2}✓ \d+ sound, 2 not looked at\n\n/s,
    );
    expect(stdout).toMatch(
      /\n\n38 sound, 0 to look at, 0 wrong, 2 not looked at \(--verbose names all checks\)\n$/,
    );
  });

  test('names every check when it is asked to', async () => {
    const { stdout } = await run(aCheckup(), '--verbose');

    expect(stdout.startsWith(`${PLACE}stack tidegate-dev\n  ✓ it is deployed`)).toBe(true);
    expect(stdout).toContain('\n  – not looked at, because ');
    expect(stdout).toMatch(/\n\n38 sound, 0 to look at, 0 wrong, 2 not looked at\n$/);
  });

  test('says what is wrong, with its fix, before what is sound', async () => {
    const { code, stdout } = await run(ILL, '--verbose');

    expect(code).toBe(1);
    expect(stdout.split('\n').slice(1, 5)).toEqual([
      'stack tidegate-dev',
      '  ✗ ops@example.com (channel mail) has not confirmed its subscription, and gets nothing (mail-unconfirmed)',
      '      fix: click the link in the mail from AWS Notifications; a link lives for three days, then deploy again',
      '  ✓ it is deployed, and has its alarm topic',
    ]);
    expect(stdout).toContain(
      "  ! AWS's own scheduled actions change it, too: night (scheduled-actions)",
    );
    expect(stdout).toMatch(/36 sound, 1 to look at, 1 wrong, 2 not looked at\n$/);
  });

  test('ends with 0 when something should only be looked at', async () => {
    expect((await run(aCheckup({}, { scheduledActions: ['night'] }))).code).toBe(0);
  });

  test('ends with 3 when AWS did not let it see everything, and nothing is wrong', async () => {
    const unread = [{ what: 'the parameters', why: 'AccessDenied: no' }] as const;
    const { code, stdout } = await run(aCheckup({ webhooks: [], unread }), '--verbose');

    expect(code).toBe(3);
    expect(stdout).toContain('! the parameters could not be looked at: AccessDenied: no (unread)');
    expect(stdout).toContain(
      '  – not looked at, because the parameters could not be read:\n      every webhook is kept as a SecureString\n',
    );
    expect((await run(aCheckup({ mail: ILL.deployment.mail, unread }))).code).toBe(1);
  });

  test('looks at one group, of the stage that is named', async () => {
    expect((await run(aCheckup(), 'batch', '--stage', 'prod')).asked).toEqual([
      'tidegate-prod: batch',
    ]);
  });

  test('takes the topic that is named', async () => {
    expect((await run(aCheckup(), 'web', '--topic', 'arn:1')).asked).toEqual([
      'tidegate-dev arn:1: web',
    ]);
  });

  test('prints JSON for scripts', async () => {
    const { stdout } = await run(ILL, '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'doctor',
      exitCode: 1,
      verdicts: { sound: 36, warnings: 1, errors: 1, notLookedAt: 2 },
      diagnoses: [
        {
          subject: 'stack tidegate-dev',
          findings: [{ code: 'mail-unconfirmed' }],
          ailments: [{ code: 'mail-unconfirmed' }],
        },
        {
          subject: 'group web',
          findings: [{ code: 'scheduled-actions' }],
          ailments: [{ code: 'scheduled-actions' }],
        },
      ],
    });
  });

  test('knows the groups of the file', async () => {
    expect(await run(aCheckup(), 'wbe')).toMatchObject({
      code: 2,
      asked: [],
      stderr:
        'tidegate: there is no group named "wbe" in the configuration\n  did you mean "web"?\n',
    });
  });

  test('needs a file without mistakes', async () => {
    expect((await run(aCheckup(), '--config', 'no.yml')).stderr).toContain('cannot read no.yml');
  });

  test('says why AWS cannot be asked', async () => {
    const { code, stderr } = await run(
      Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' }),
    );

    expect(code).toBe(3);
    expect(stderr).toContain('no credentials');
  });
});
