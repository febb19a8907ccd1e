import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { publint } from 'publint';
import { COMMANDS } from '#cli/command-table.ts';
import { runCli } from '#test/cli/run-cli.ts';
import { packageService } from './package-service.ts';

/** A folder of somebody who has installed the tarball, with nothing else in node_modules. */
const folder = mkdtempSync(join(tmpdir(), 'tidegate-installed-'));
afterAll(() => rmSync(folder, { recursive: true }));
execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { stdio: 'pipe' });
const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
execFileSync('tar', ['-xzf', tarball, '-C', folder]);
mkdirSync(join(folder, 'node_modules'));
const installed = join(folder, 'node_modules/tidegate');
renameSync(join(folder, 'package'), installed);
copyFileSync('tidegate.yml', join(folder, 'tidegate.yml'));

const filesIn = (directory: string): readonly string[] =>
  readdirSync(join(installed, directory), { recursive: true, encoding: 'utf8' });

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const words = [join(installed, 'cli/tidegate.mjs'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
};

/** The files of the package that a command loads. V8 writes their names where it is asked for coverage. */
const partsLoadedBy = (args: readonly string[]): readonly string[] => {
  const seen = mkdtempSync(join(folder, 'loaded-'));
  run(args, { NODE_V8_COVERAGE: seen });
  return readdirSync(seen)
    .flatMap((name) => JSON.parse(readFileSync(join(seen, name), 'utf8')).result as Loaded[])
    .flatMap(({ url }) => (url.includes('/tidegate/dist/') ? [fileURLToPath(url)] : []));
};
type Loaded = Readonly<{ url: string }>;

/** Every client of the SDK brings the header in which it says who it is. */
const isOfAClient = (path: string): boolean =>
  readFileSync(path, 'utf8').includes('x-amz-user-agent');

describe('the package', () => {
  test('has nothing that publint would find', async () => {
    const bytes = readFileSync(tarball);
    const { messages } = await publint({
      pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) },
      strict: true,
    });

    expect(messages).toEqual([]);
  });

  test('ships what runs and what people read, no sources and no tests', () => {
    const top = readdirSync(installed).sort();

    expect(top).toEqual(
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'SECURITY.md',
        'cli',
        'console',
        'dist',
        'docs',
        'examples',
        'infrastructure',
        'package.json',
        'schemas',
        'simulator',
        'tidegate.schema.json',
      ].sort(),
    );
    expect(filesIn('.').filter((path) => path.endsWith('.ts'))).toEqual([]);
  });

  test('has the licence of everybody whose code is in it', () => {
    const notice = readFileSync(join(installed, 'dist/third-party-licences.txt'), 'utf8');
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const bundled = Object.keys(devDependencies).filter((name) =>
      /^@aws-sdk|^@aws-lambda|^@middy|^commander$|^croner$|^yaml$|^zod$|^@marcbachmann|^preact$|^uplot$/.test(
        name,
      ),
    );

    expect(bundled.length).toBeGreaterThan(14);
    expect(bundled.filter((name) => !notice.includes(`\n${name} `))).toEqual([]);
  });
});

describe('the command in the package', () => {
  test('knows the commit that it was made from, without a repository around it', () => {
    const commit = readFileSync(join(installed, 'dist/commit.txt'), 'utf8').trim();

    expect(run(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{7}/);
    expect(run(['--version']).stdout.trim().endsWith(`+${commit}`)).toBe(true);
  });

  test.each(COMMANDS.flatMap(({ commands }) => commands.map(({ name }) => name)))(
    '%s says the same as in the repository when it is asked for help',
    async (name) => {
      expect(run([name, '--help'])).toEqual(await runCli([name, '--help']));
    },
  );

  test.each([['validate'], ['lint'], ['schema'], ['completion', 'bash'], ['plann']])(
    '%s %s does the same as in the repository',
    async (...args) => {
      expect(run(args)).toEqual(await runCli(args, { cwd: folder }));
    },
  );

  test.each([['--help'], ['validate'], ['lint'], ['decide', '--help']])(
    '%s %s loads no client of AWS',
    (...args) => {
      const parts = partsLoadedBy(args);

      expect(parts.length).toBeGreaterThan(0);
      expect(parts.filter(isOfAClient)).toEqual([]);
    },
  );

  test('loads clients of AWS with the commands that reach it', () => {
    expect(partsLoadedBy(['status']).filter(isOfAClient)).not.toEqual([]);
  });
});

describe('the plugin in the package', () => {
  test('makes the stack that the repository makes, to the byte', () => {
    const service = 'service: tidegate\nplugins: [tidegate]\nprovider: { name: aws }\n';
    writeFileSync(join(folder, 'serverless.yml'), service);
    const serverless = resolve('node_modules/serverless/bin/serverless.js');
    execFileSync(process.execPath, [serverless, 'package', '--stage', 'test'], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'offline',
        AWS_SECRET_ACCESS_KEY: 'offline',
        AWS_EC2_METADATA_DISABLED: 'true',
        SLS_NOTIFICATIONS_MODE: 'off',
        SLS_TELEMETRY_DISABLED: '1',
      },
      stdio: 'pipe',
    });
    const configuration = readFileSync('tidegate.yml', 'utf8');

    packageService({ configuration }, ({ template, read }) => {
      const made = join(folder, '.serverless/cloudformation-template-update-stack.json');
      const ours = withoutTimes(JSON.parse(readFileSync(made, 'utf8')));
      expect(ours).toEqual(withoutTimes(template));
      for (const name of ['scale', 'heal', 'notify', 'sweep']) {
        const zip = readFileSync(join(folder, `.serverless/${name}.zip`));
        expect(zip.equals(read(`.serverless/${name}.zip`))).toBe(true);
      }
    });
  });
});

/** The Serverless Framework puts the time into the folder that it uploads to. */
const withoutTimes = (template: object): unknown =>
  JSON.parse(JSON.stringify(template).replaceAll(/\/\d{13}-[\dTZ:.-]+\//g, '/TIME/'));
