import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { EXIT } from '#cli/exit-codes.ts';
import { wholeProgram } from '#cli/main.ts';
import type { Account } from '#cli/terminal.ts';
import { accountWith, aDeployment } from '#test/support/a-deployment.ts';
import { NOON } from '#test/support/builders.ts';
import { ROOT, runCli, runProcess } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-every-'));
afterAll(() => rmSync(folder, { recursive: true }));
const GROUP = `groups: { web: { autoScalingGroup: web-prod } }`;
writeFileSync(join(folder, 'tidegate.yml'), `version: 1\n${GROUP}\n`);
writeFileSync(join(folder, 'broken.yml'), 'version: 2\n');
writeFileSync(join(folder, 'broken.json'), '{ "schemaVersion": 2 }\n');

const FOR = ['--for', '1h', '--reason', 'x'];
/** The call of each command about the groups of a file; `decide` and `replay` take a record. */
const ABOUT_FILES: Readonly<Record<string, readonly string[]>> = {
  validate: [],
  lint: [],
  decide: [`${ROOT}examples/record.json`],
  record: [],
  backtest: [],
  tune: [],
  status: [],
  console: [],
  history: [],
  why: ['web'],
  report: [],
  doctor: [],
  overrides: [],
  notify: ['--render'],
  pause: ['web', ...FOR],
  pin: ['web', '4', ...FOR],
  cap: ['web', '4', ...FOR],
  resume: ['web'],
  undo: ['web'],
  drill: ['sweep'],
};
/** A ledger in which web was changed once, for what takes changes back. */
const CHANGE = { at: NOON, from: 4, to: 6 };
const LEDGER = {
  scale: {
    ledger: { read: async () => new Map([['web', { head: { lastScaleOut: CHANGE } }]]) },
  },
};
const WRITING = ['pause', 'pin', 'cap', 'resume', 'undo'];
const DEPLOYED = [
  ...WRITING,
  'overrides',
  'doctor',
  'status',
  'console',
  'history',
  'why',
  'report',
];

const run = (args: readonly string[], account?: Account, env: Record<string, string> = {}) =>
  runCli(args, { cwd: folder, env, ...(account ? { account } : {}) });

const throwing = (name: string): Account => {
  const error = Object.assign(new Error('no'), { name });
  const refuse = () => Promise.reject(error);
  return accountWith([aDeployment()], {
    deployments: refuse,
    deployment: refuse,
    examine: refuse,
    tableOf: refuse,
  });
};

test('no command is forgotten here', async () => {
  const program = await wholeProgram({} as never, () => {});
  const names = program.commands.map((command) => command.name());

  expect(names.sort()).toEqual(
    [
      ...Object.keys(ABOUT_FILES),
      'replay',
      'schema',
      'import',
      'init',
      'rules',
      'plan',
      'learn',
      'completion',
    ].sort(),
  );
});

test('the help lists each command as its own help does, without loading it', async () => {
  const program = await wholeProgram({} as never, () => {});
  const usages = program.commands.map((command) => `${command.name()} ${command.usage()}`);
  const { stdout } = await runCli(['--help']);

  expect(usages.filter((usage) => !stdout.includes(`  ${usage}`))).toEqual([]);
});

test('no line of a help is wider than a terminal of 100 columns', async () => {
  for (const name of ['', ...Object.keys(ABOUT_FILES)]) {
    const { stdout } = await runCli([...(name === '' ? [] : [name]), '--help']);

    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  }
});

test('an option has one name, one letter and one kind of value in every command', async () => {
  const program = await wholeProgram({} as never, () => {});
  const kinds = new Map<string, Set<string>>();
  for (const { short = '', long = '', flags } of program.commands.flatMap((each) => each.options)) {
    const takes = /<.*\.\.\.>/.test(flags) ? 'several' : String(flags.includes('<'));
    for (const name of [long, short].filter((each) => each !== '')) {
      kinds.set(name, (kinds.get(name) ?? new Set()).add(`${short} ${long} ${takes}`));
    }
  }

  expect([...kinds].filter(([, uses]) => uses.size > 1)).toEqual([]);
});

describe.each(Object.entries(ABOUT_FILES))('tidegate %s', (name, words) => {
  const failing = async (
    exitCode: number,
    code: string,
    args: readonly string[],
    account?: Account,
  ) => {
    const { code: ended, stdout, stderr } = await run([name, ...words, ...args], account);

    expect({ args, ended, stderr }).toEqual({
      args,
      ended: exitCode,
      stderr: expect.stringMatching(/^tidegate: |\ntidegate: /),
    });
    const json = await run([name, ...words, ...args, '--json'], account);
    expect(JSON.parse(json.stdout)).toMatchObject({
      schemaVersion: 1,
      command: name,
      exitCode,
      error: { code, message: expect.stringMatching(/\w/) },
    });
    return stdout;
  };

  test('ends with 2 where there is no such file', async () => {
    expect(await failing(2, 'unreadable-file', ['--config', 'nowhere.yml'])).toBe('');
  });

  test('ends with 2 for an option that it does not know', async () => {
    expect(await failing(2, 'usage', ['--nonsense'])).toBe('');
  });

  test('takes the file by --config, and tells its mistakes', async () => {
    const args = [name, ...words, '--config', 'broken.yml'];
    const { code, stdout, stderr } = await run(args);
    const json = JSON.parse((await run([...args, '--json'])).stdout);

    expect(code).toBe(EXIT.invalid);
    expect(`${stdout}${stderr}`).toContain('broken.yml:1:10 version: found the number 2');
    expect(json.exitCode).toBe(EXIT.invalid);
    expect((json.problems ?? json.error.problems)[1]).toMatchObject({ line: 1, path: 'version' });
  });

  test('begins its help with examples', async () => {
    const { code, stdout } = await run([name, '--help']);

    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Examples:\\n {2}\\$ tidegate ${name}`));
  });

  if (DEPLOYED.includes(name)) {
    test('ends with 3 where AWS refuses', async () => {
      await failing(3, 'denied', ['--stage', 'dev'], throwing('AccessDenied'));
      await failing(3, 'signed-out', ['--stage', 'dev'], throwing('ExpiredToken'));
    });
  }

  if (WRITING.includes(name)) {
    test('writes nothing where several stages are deployed and none is named', async () => {
      const two = accountWith([aDeployment(), aDeployment({ stage: 'prod' })]);
      expect(await failing(2, 'no-stage', [], two)).toBe('');
      const { stderr } = await run([name, ...words], two);

      expect(stderr).toBe(
        'tidegate: several stages are deployed in eu-central-1 (tidegate-dev, tidegate-prod), and --stage is missing\n' +
          '  choose one: --stage dev, or --stage prod; or export TIDEGATE_STAGE\n',
      );
    });

    test('says where nothing is deployed', async () => {
      await failing(3, 'not-deployed', [], accountWith([]));
      await failing(3, 'not-deployed', ['--stage', 'prd'], accountWith([aDeployment()]));
    });

    test.each([
      { args: ['--stage', 'prod'], env: {}, wanted: 'stage prod of tidegate' },
      { args: [], env: { TIDEGATE_STAGE: 'prod' }, wanted: 'stage prod of tidegate' },
      {
        args: ['--stage', 'dev'],
        env: { TIDEGATE_STAGE: 'prod' },
        wanted: 'stage dev of tidegate',
      },
      { args: ['--service', 'shop'], env: {}, wanted: 'stage test of shop' },
      { args: [], env: { TIDEGATE_SERVICE: 'shop' }, wanted: 'stage test of shop' },
      { args: ['--table', 'mine'], env: {}, wanted: 'table mine' },
      { args: [], env: { TIDEGATE_TABLE: 'mine' }, wanted: 'table mine' },
      {
        args: ['--stage', 'prod'],
        env: { TIDEGATE_TABLE: 'mine' },
        wanted: 'stage prod of tidegate',
      },
    ])('names $wanted on its first line for $args and $env', async ({ args, env, wanted }) => {
      const account = accountWith(
        [
          aDeployment(),
          aDeployment({ stage: 'prod' }),
          aDeployment({ service: 'shop', stage: 'test' }),
        ],
        {
          tableOf: async (stack) => `${stack}-table`,
          overridesIn: () => ({ read: async () => undefined, write: async () => true }),
          readsIn: async () => LEDGER as never,
        },
      );
      const { code, stdout } = await run([name, ...words, ...args], account, env);

      expect(code).toBe(0);
      expect(stdout.split('\n')[0]).toBe(`${wanted}, in eu-central-1, account 123456789012`);
    });
  }
});

describe('a command line that nobody meant', () => {
  test.each(['pine', 'caps', 'resum', 'paus'])(
    '%s never leads to a command that writes',
    async (word) => {
      const { code, stderr } = await run([word]);

      expect(code).toBe(2);
      expect(stderr).toBe(
        `tidegate: unknown command '${word}'\n  tidegate --help lists the commands\n`,
      );
    },
  );

  test.each([
    [
      ['pause', 'web', '--for', '1h', '--until', '2026-03-02T18:00:00Z', '--reason', 'x'],
      'give two ends',
    ],
    [['pause', 'web', '--for', '1h', '--reason', ''], '--reason is empty'],
    [['pause', 'web', '--for', '1h', '--reason', '  '], '--reason is empty'],
    [['pause', 'web', '--for', '1h', '--reason', 'x', '--by', ''], '--by is empty'],
    [['resume', 'web', '--reason', ''], '--reason is empty'],
    [['pause', 'web', '--for', '2 hours', '--reason', 'x'], '--for: "2 hours" is not a duration'],
    [['decide', `${ROOT}examples/record.json`, '--at', 'yesterday'], '--at: found "yesterday"'],
    [['validate', 'tidegate.yml', '--config', 'broken.yml'], 'the argument says tidegate.yml'],
    [['notify', '--test', 'ops', '--out', 'x'], '--out goes with --render'],
    [['notify', '--render', '--out', 'tidegate.yml'], 'no channel is configured'],
    [['replay', 'nowhere.json'], 'cannot read nowhere.json: there is no such file'],
    [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish'],
  ])('%j is told', async (args, says) => {
    const { code, stdout, stderr } = await run(args);

    expect(stderr).toContain(says);
    expect(stdout).toBe('');
    expect([1, 2]).toContain(code);
    expect(JSON.parse((await run([...args, '--json'])).stdout).exitCode).toBe(code);
  });

  test('an unknown command is told to programs, too', async () => {
    expect(JSON.parse((await run(['zzz', '--json'])).stdout)).toEqual({
      schemaVersion: 1,
      command: null,
      exitCode: 2,
      error: {
        code: 'unknown-name',
        message: "unknown command 'zzz'",
        help: 'tidegate --help lists the commands',
      },
    });
  });
});

test('--version prints the version and the commit', async () => {
  const { version } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));

  expect(await run(['--version'])).toEqual({
    code: 0,
    stdout: expect.stringMatching(new RegExp(`^${version}\\+[0-9a-f]{7}(?:\\.changed)?\n$`)),
    stderr: '',
  });
});

describe('an AWS profile that nobody has', () => {
  writeFileSync(
    join(folder, 'aws-config'),
    '[default]\nregion = eu-central-1\n[profile shop-prod]\n[sso-session main]\n',
  );
  const env = { AWS_CONFIG_FILE: join(folder, 'aws-config'), AWS_SHARED_CREDENTIALS_FILE: 'none' };
  const stranded = (message: string): Account => {
    const refuse = () => Promise.reject(Object.assign(new Error(message), {}));
    return accountWith([], { deployments: refuse });
  };

  test.each(['Region is missing', 'Could not load credentials from any providers'])(
    'is named, whatever the SDK says of it: %s',
    async (message) => {
      const { code, stderr } = await run(
        ['overrides', '--profile', 'shop-prd'],
        stranded(message),
        env,
      );

      expect(code).toBe(2);
      expect(stderr).toContain('there is no AWS profile named "shop-prd" in ');
      expect(stderr).toContain('--profile names it; did you mean "shop-prod"?');
    },
  );

  test('is not blamed when it is there', async () => {
    const { stderr } = await run(['overrides'], stranded('Region is missing'), {
      ...env,
      AWS_PROFILE: 'shop-prod',
    });

    expect(stderr).toContain('no AWS Region is set');
  });
});

describe('the tidegate process', () => {
  test('says nothing when whoever reads has stopped', async () => {
    const { code, stderr } = await runProcess(['schema'], { cwd: folder, isCutOff: true });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  }, 60_000);
});

describe('tidegate completion', () => {
  test.each(['bash', 'zsh', 'fish'])('%s knows every command and its options', async (shell) => {
    const { code, stdout } = await run(['completion', shell]);

    expect(code).toBe(0);
    for (const word of [...Object.keys(ABOUT_FILES), 'until', 'reason', 'config', 'stage']) {
      expect(stdout).toContain(word);
    }
  });
});

test('the record among the examples can be decided on, with its rules and with others', async () => {
  expect(existsSync(`${ROOT}examples/record.json`)).toBe(true);
  const record = JSON.parse(readFileSync(`${ROOT}examples/record.json`, 'utf8'));
  const asIs = await run(['decide', `${ROOT}examples/record.json`]);
  writeFileSync(
    join(folder, 'short.json'),
    JSON.stringify({ ...record, observation: { ...record.observation, group: { name: 'web' } } }),
  );
  const other = await run(['decide', 'short.json', '--config', 'tidegate.yml', '--json']);

  expect(asIs).toMatchObject({ code: 0, stdout: expect.stringMatching(/^web 4 → 6: cpu-high: /) });
  expect(JSON.parse(other.stdout)).toMatchObject({ exitCode: 0, from: 4, to: 4 });
});
