import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { regionUnlessChosen } from '#infrastructure/region.ts';
import type { Serverless } from '#infrastructure/serverless.ts';

const home = mkdtempSync(join(tmpdir(), 'tidegate-region-'));
const config = join(home, 'config');
writeFileSync(
  config,
  '[default]\nregion = eu-west-3\n[profile other]\nregion = sa-east-1\n[profile bare]\n',
);
writeFileSync(join(home, 'serverless.yml'), 'service: tidegate\nprovider: { name: aws }\n');
afterAll(() => rmSync(home, { recursive: true }));

/** The Region as the plugin asks for it, in a process of its own. */
const regionFor = (options: object, env: Readonly<Record<string, string>> = {}): string => {
  const script = `
    import { regionUnlessChosen } from './infrastructure/region.ts';
    const serverless = {
      serviceDir: ${JSON.stringify(home)},
      processedInput: { options: ${JSON.stringify(options)} },
      getProvider: () => ({ getRegion: () => 'us-east-1' }),
      classes: { Error },
    };
    regionUnlessChosen(serverless, process.env).then(console.log, ({ message }) => console.log(message));
  `;
  return execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: home,
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
      NODE_NO_WARNINGS: '1',
      ...env,
    },
  }).trim();
};

describe('the Region of a deployment that names none', () => {
  test.each([
    [{}, {}, 'eu-west-3'],
    [{}, { AWS_PROFILE: 'other' }, 'sa-east-1'],
    [{ 'aws-profile': 'other' }, {}, 'sa-east-1'],
    [{}, { AWS_REGION: 'eu-north-1' }, 'eu-north-1'],
    [{}, { AWS_DEFAULT_REGION: 'eu-south-1' }, 'eu-south-1'],
    [{}, { AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'eu-south-1' }, 'eu-north-1'],
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

describe('a Region that somebody chose is kept', () => {
  const chosen = (region: string, text: string, options: Record<string, string> = {}) => {
    writeFileSync(join(home, 'chosen.yml'), text);
    return regionUnlessChosen(
      {
        serviceDir: home,
        configurationFilename: 'chosen.yml',
        processedInput: { options },
        getProvider: () => ({ getRegion: () => region }),
      } as unknown as Serverless,
      { AWS_REGION: 'eu-north-1' },
    );
  };

  test.each([
    ['by --region', 'us-east-1', 'provider: { name: aws }', { region: 'us-east-1' }],
    ['by any other than the default', 'eu-west-1', 'provider: { $ref: elsewhere }', {}],
    ['by a line', 'us-east-1', 'provider:\n  name: aws\n  region: us-east-1', {}],
    ['within braces', 'us-east-1', 'provider: {name: aws,region: us-east-1}', {}],
    ['in JSON', 'us-east-1', '{ "provider": { "region": "us-east-1" } }', {}],
  ])('%s', async (_, region, text, options) => {
    expect(await chosen(region, text, options as Record<string, string>)).toBeUndefined();
  });
});
