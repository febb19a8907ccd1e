import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

const home = mkdtempSync(join(tmpdir(), 'tidegate-region-'));
const config = join(home, 'config');
writeFileSync(
  config,
  '[default]\nregion = eu-west-3\n[profile other]\nregion = sa-east-1\n[profile bare]\n',
);
afterAll(() => rmSync(home, { recursive: true }));

/** The Region as serverless.yml asks for it, in a process of its own. */
const regionFor = (options: object, env: Readonly<Record<string, string>> = {}): string =>
  execFileSync(
    process.execPath,
    [
      '-e',
      `require('./infrastructure/region.cjs')({ options: ${JSON.stringify(options)} }).then(console.log, ({ stack }) => console.log(stack))`,
    ],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: home,
        AWS_CONFIG_FILE: config,
        AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
        NODE_NO_WARNINGS: '1',
        ...env,
      },
    },
  ).trim();

describe('the Region of a deployment that names none', () => {
  test.each([
    [{}, {}, 'eu-west-3'],
    [{}, { AWS_PROFILE: 'other' }, 'sa-east-1'],
    [{ 'aws-profile': 'other' }, {}, 'sa-east-1'],
  ])('with %j and %j is %s', (options, env, region) => {
    expect(regionFor(options, env as never)).toBe(region);
  });

  test.each([
    [{ 'aws-profile': 'bare' }, {}],
    [{}, { AWS_CONFIG_FILE: '/nowhere' }],
  ])('with %j and %j is none: nothing is deployed, and it says what to do', (options, env) => {
    expect(regionFor(options, env as never)).toMatch(
      /^no AWS Region is set, .* --region eu-central-1/,
    );
  });
});
