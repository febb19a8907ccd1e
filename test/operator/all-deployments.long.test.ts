import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Access, Account } from '#cli/terminal.ts';
import type { PageData } from '#console/page/data.ts';
import type { DeploymentsData } from '#console/page/deployments.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { DAY_START } from '#simulator/day/day.ts';
import { type Run, runCli } from '#test/cli/run-cli.ts';
import { accountWith, aDeployment } from '#test/support/a-deployment.ts';
import { minutes } from '#test/support/builders.ts';
import { simulatedAccount } from '#test/support/simulated-account.ts';
import { DAY_RULES_TEXT, watchDay } from '#test/support/watched-day.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-all-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'us'));
mkdirSync(join(folder, 'below'));
writeFileSync(join(folder, 'tidegate.yml'), DAY_RULES_TEXT);
/** The deployment in America has one group more by another name. */
writeFileSync(join(folder, 'us/tidegate.yml'), DAY_RULES_TEXT.replace('  api:\n', '  shop:\n'));

const ROLE = 'arn:aws:iam::222222222222:role/tidegate-reader';
const TWO = `version: 1
deployments:
  eu: { region: eu-west-1, stage: dev }
  us: { region: us-east-1, profile: shop, role: "${ROLE}", config: us/tidegate.yml }
`;
writeFileSync(join(folder, 'deployments.yml'), TWO);
writeFileSync(join(folder, 'three.yml'), `${TWO}  ap: { region: ap-south-1, stage: prod }\n`);
writeFileSync(join(folder, 'broken.yml'), TWO.replace('region: us', 'regoin: us'));

const MIDNIGHT = DAY_START + minutes(1_440);
let cloud: Cloud;
beforeAll(async () => {
  ({ cloud } = await watchDay());
}, 60_000);

const accountIn = (region: string, id: string): Account => {
  const deployment = aDeployment({ region, account: id });
  return {
    ...simulatedAccount(cloud, () => MIDNIGHT),
    ...accountPlaces(deployment),
    recorder: async () => ({
      readRanges: async (metrics: readonly unknown[], from: number) =>
        metrics.map(() => new Map([[from, 3]])),
      readLaunchHistory: async () => [],
    }),
  };
};

const accountPlaces = (deployment: ReturnType<typeof aDeployment>) => {
  const { deployments, deployment: named, region } = accountWith([deployment]);
  return { deployments, deployment: named, region };
};

const reached: Access[] = [];
const connect = async (access: Access): Promise<Account> => {
  reached.push(access);
  if (access.region === 'eu-west-1') return accountIn('eu-west-1', '111111111111');
  if (access.region === 'us-east-1') return accountIn('us-east-1', '222222222222');
  throw Object.assign(new Error('connect ECONNREFUSED'), { name: 'TimeoutError' });
};

const run = (args: readonly string[], env: Record<string, string> = {}, cwd = folder) =>
  runCli(args, { cwd, env, connect, now: () => MIDNIGHT });

const told = ({ stdout }: Run) => JSON.parse(stdout);

describe('tidegate status --all', () => {
  test('tells each deployment by its name, and each group in a line that begins with it', async () => {
    const { code, stdout, stderr } = await run(['status', '--all']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^eu: stage dev of tidegate, in eu-west-1, account 111111111111\nthe sweep looked .* ago\n/,
    );
    expect(stdout).toMatch(/^us: stage dev of tidegate, in us-east-1, account 222222222222$/m);
    expect(stdout).toMatch(/^0 of 2 groups to look at$/m);
    expect(stdout).toMatch(/^eu {2}web +\d+ of \d+, 3 to 24 {2}\S/m);
    expect(stdout).toMatch(/^eu {2}api +\d+ of \d+, 2 to 20 +\S/m);
    expect(stdout).toMatch(/^us {2}web /m);
    expect(stdout).toMatch(/^us {2}shop /m);
    expect(stdout).toMatch(/\n2 deployments answered\n$/);
  });

  test('reaches each by its own Region, profile and role, whatever the environment names', async () => {
    reached.length = 0;
    const env = { TIDEGATE_STAGE: 'other', TIDEGATE_TABLE: 'other', TIDEGATE_CONFIG: 'other.yml' };
    const { code } = await run(['status', '--all'], env);

    expect(code).toBe(0);
    expect(reached).toEqual([
      expect.objectContaining({ region: 'eu-west-1', profile: undefined, isOneOfMany: true }),
      expect.objectContaining({ region: 'us-east-1', profile: 'shop', role: ROLE }),
    ]);
  });

  test('finds the list in a directory above, and the files from the list', async () => {
    const { code, stdout } = await run(['status', '--all'], {}, join(folder, 'below'));

    expect(code).toBe(0);
    expect(stdout).toContain('us  shop');
  });

  test('says the same to programs, one object for all', async () => {
    const answer = told(await run(['status', '--all', '--json']));

    expect(answer).toMatchObject({
      schemaVersion: 1,
      command: 'status',
      exitCode: 0,
      deployments: [
        { name: 'eu', exitCode: 0, deployment: { region: 'eu-west-1' }, sweep: {} },
        { name: 'us', exitCode: 0, deployment: { account: '222222222222' }, drift: [] },
      ],
    });
    expect(answer.deployments[1].groups.map(({ group }: { group: string }) => group)).toEqual([
      'web',
      'shop',
    ]);
  });

  test('shows a group that is named as a whole, of each deployment that has it', async () => {
    const { code, stdout } = await run(['status', 'api', '--all']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^api \(api-prod\)\n {2}capacity /m);
    expect(stdout).toContain('us\nno answer: there is no group named "api" in the configuration\n');
    expect(stdout).toContain('1 of 2 deployments answered, without us');
  });

  test('fails when no deployment has the group that is named', async () => {
    const { code, stdout } = await run(['status', 'ape', '--all']);

    expect(code).toBe(2);
    expect(stdout).toContain('did you mean "api"?');
    expect(stdout).toContain('0 of 2 deployments answered, without eu, us');
  });
});

describe('one deployment of three that cannot be reached', () => {
  const three = ['--all', '--deployments', 'three.yml'] as const;

  test('is told with its error, and makes the exit code say so; the others are told as ever', async () => {
    const { code, stdout } = await run(['status', ...three]);

    expect(code).toBe(3);
    expect(stdout).toContain('eu: stage dev');
    expect(stdout).toContain('us: stage dev');
    expect(stdout).toContain(
      'ap\nno answer: AWS gave no answer: TimeoutError: connect ECONNREFUSED\n',
    );
    expect(stdout).toMatch(/\n2 of 3 deployments answered, without ap\n$/);
  });

  test.each([
    ['status', []],
    ['history', []],
    ['report', ['--since', '1d']],
  ] as const)('is an entry with an error in %s --json', async (command, more) => {
    const answer = told(await run([command, ...more, ...three, '--json']));

    expect(answer).toMatchObject({
      exitCode: 3,
      deployments: [
        { name: 'eu', exitCode: 0 },
        { name: 'us', exitCode: 0 },
        { name: 'ap', exitCode: 3, error: { code: 'out-of-reach' } },
      ],
    });
    expect(answer).not.toHaveProperty('error');
  });
});

describe('the other commands with --all', () => {
  test('history lists the decisions of each deployment below its name', async () => {
    const { code, stdout, stderr } = await run(['history', '--all', '--changes', '--most', '5']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^eu: stage dev of .*\n20\d\d-.* applied /m);
    expect(stdout).toMatch(/^us: stage dev of .*\n20\d\d-.* applied /m);
    expect(stderr).toContain('eu: there are older ones: say --most, or a later --since\n');
  });

  test('report sums up each deployment below its name', async () => {
    const { code, stdout } = await run(['report', '--all', '--since', '1d']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^eu: stage dev of .*\nweb /m);
    expect(stdout).toMatch(/^us: stage dev of .*\nweb /m);
  });

  test('doctor ends with the worst code of all: what was not seen outweighs a finding', async () => {
    const sick = { group: {}, deployment: {} };
    const examine: Account['examine'] = async ({ stack }) => {
      if (stack !== 'tidegate-dev') throw new Error(JSON.stringify(sick));
      throw Object.assign(new Error('not authorized'), { name: 'AccessDenied' });
    };
    const { code, stdout } = await runCli(['doctor', '--all'], {
      cwd: folder,
      now: () => MIDNIGHT,
      connect: async (access) => ({ ...(await connect(access)), examine }),
    });

    expect(code).toBe(3);
    expect(stdout).toContain(
      'eu\nno answer: AWS does not allow it: AccessDenied: not authorized\n',
    );
  });
});

/** Somebody who has the front page open until each deployment was seen or has failed. */
const untilSeen = async (address: string): Promise<DeploymentsData> => {
  for (let look = 0; look < 300; look += 1) {
    const data = (await (await fetch(`${address}data`)).json()) as DeploymentsData;
    if (data.deployments.every(({ seen, failure }) => seen !== failure)) return data;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error('the deployments were never seen');
};

const openAll = async (
  visit: (address: string) => Promise<void>,
  ...args: readonly string[]
): Promise<Run> => {
  let told = '';
  return runCli(['console', '--all', ...args], {
    cwd: folder,
    connect,
    now: () => MIDNIGHT,
    hear: (text) => {
      told += text;
    },
    wait: async () => {
      await visit(/http:\S+/.exec(told)?.[0] ?? '');
      return false;
    },
  });
};

describe('tidegate console --all', () => {
  test('shows each deployment in a line, and the one that gives no answer with what to do', async () => {
    let data: DeploymentsData | undefined;
    const { code, stdout } = await openAll(
      async (address) => {
        data = await untilSeen(address);
      },
      '--deployments',
      'three.yml',
    );
    const [eu, us, ap] = data?.deployments ?? [];

    expect([code, stdout]).toEqual([0, 'the console has ended\n']);
    expect(data?.subtitle).toBe('3 deployments of three.yml');
    expect(eu).toMatchObject({
      name: 'eu',
      place: 'stage dev of tidegate, in eu-west-1, account 111111111111',
      seen: { at: MIDNIGHT, counts: { groups: 2, unseen: 0 }, left: 0 },
    });
    expect(us?.place).toContain('account 222222222222');
    expect(ap).toEqual({
      name: 'ap',
      place: 'stage prod, in ap-south-1',
      failure: {
        message: 'AWS gave no answer: TimeoutError: connect ECONNREFUSED',
        help: 'check the network and the Region',
      },
    });
  });

  test('has the page of each by its name, and reaches nobody before it is asked', async () => {
    reached.length = 0;
    const groups: unknown[] = [];
    let gone = '';
    await openAll(
      async (address) => {
        expect(reached).toEqual([]);
        const response = await fetch(`${address}deployments/us/data`);
        const data = (await response.json()) as PageData;
        groups.push(data.title, ...data.groups.map(({ name }) => name));
        expect(reached).toEqual([expect.objectContaining({ profile: 'shop', role: ROLE })]);
        gone = await (await fetch(`${address}deployments/ap/data`)).text();
      },
      '--deployments',
      'three.yml',
    );

    expect(groups).toEqual(['us', 'web', 'shop']);
    expect(gone).toBe(
      'AWS gave no answer: TimeoutError: connect ECONNREFUSED; check the network and the Region',
    );
  });

  test('shows a mistake in the file of one deployment with its line, and the others', async () => {
    writeFileSync(
      join(folder, 'mistake.yml'),
      `${TWO}  ap: { region: eu-west-1, stage: dev, service: tidegate, config: wrong.yml }\n`,
    );
    writeFileSync(join(folder, 'wrong.yml'), 'version: 2\n');
    let data: DeploymentsData | undefined;
    await openAll(
      async (address) => {
        data = await untilSeen(address);
      },
      '--deployments',
      'mistake.yml',
    );

    expect(data?.deployments.map(({ seen }) => seen !== undefined)).toEqual([true, true, false]);
    expect(data?.deployments[2]?.failure?.frames).toContain('version: found the number 2');
  });
});

describe('a call that makes no sense with --all', () => {
  test.each([
    [['status', '--all', '--region', 'eu-west-1'], '--region names one'],
    [['status', '--all', '--stage', 'prod'], '--stage names one'],
    [['doctor', '--all', '-c', 'tidegate.yml'], '--config names one'],
    [['status', '--all', '--watch'], '--watch is about one deployment, and --all asks many'],
    [['report', '--all', '--out', 'a.html'], '--out is about one deployment, and --all asks many'],
    [['doctor', '--all', '--topic', 'arn:a'], '--topic is about one deployment'],
    [['status', '--deployments', 'three.yml'], '--all is missing'],
    [['console', '--deployments', 'three.yml'], '--all is missing'],
    [['console', '--all', '--stage', 'prod'], '--stage names one'],
    [['status', '--all', '--deployments', 'none.yml'], 'cannot read none.yml (as asked)'],
  ])('is refused: %j', async (args, message) => {
    reached.length = 0;
    const { code, stderr } = await run(args);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(reached).toEqual([]);
  });

  test('is told how to begin where there is no list', async () => {
    const { code, stderr } = await run(['status', '--all'], {}, tmpdir());

    expect(code).toBe(2);
    expect(stderr).toContain('there is no deployments.yml here or in a directory above');
    expect(stderr).toContain('write one, such as: { version: 1, deployments:');
  });

  test('is told each mistake of the list with its line, and asks nobody', async () => {
    reached.length = 0;
    const { code, stderr } = await run(['status', '--all', '--deployments', 'broken.yml']);

    expect(code).toBe(1);
    expect(stderr).toContain('broken.yml:4:9 deployments.us.regoin: unknown key "regoin"');
    expect(stderr).toContain('did you mean "region"?');
    expect(stderr).toContain('broken.yml has a mistake');
    expect(reached).toEqual([]);
  });
});

test('a mistake in the tidegate.yml of one deployment harms no other', async () => {
  const list = `${TWO}  ap: { region: eu-west-1, stage: dev, service: tidegate, config: ap.yml }\n`;
  writeFileSync(join(folder, 'four.yml'), list);
  writeFileSync(join(folder, 'ap.yml'), 'version: 2\n');
  const { code, stdout } = await run(['status', '--all', '--deployments', 'four.yml']);

  expect(code).toBe(1);
  expect(stdout).toContain('ap.yml:1:10 version: found the number 2');
  expect(stdout).toContain('2 of 3 deployments answered, without ap');
});

test('an option in the help of a failure is named as the key of the list that it is', async () => {
  const several = [aDeployment({ stage: 'dev' }), aDeployment({ stage: 'prod' })];
  const { code, stdout } = await runCli(['status', '--all'], {
    cwd: folder,
    connect: async () => accountWith(several),
  });

  expect(code).toBe(3);
  expect(stdout).toContain(
    'or export TIDEGATE_STAGE (with --all these options are keys of us in deployments.yml)',
  );
});
