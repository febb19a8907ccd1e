import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bundleFunctions } from '#infrastructure/bundle.ts';
import { writeFunctionCode } from '#infrastructure/function-code.ts';
import { aGroup } from '#test/support/builders.ts';

/** The bundler makes four bundles, which takes a second where nothing else runs. */
const BUILD_MS = 60_000;

let serviceDir = '';
beforeAll(async () => {
  serviceDir = mkdtempSync(join(tmpdir(), 'tidegate-bundle-'));
  const bundled = await bundleFunctions();
  await writeFunctionCode(serviceDir, (name) => bundled.get(name)?.text ?? '', {
    configuration: {
      groups: [aGroup({ name: 'bundled' })],
      alerts: [],
      channels: [],
      routes: [],
    },
    text: 'version: 1\n',
  });
}, BUILD_MS);
afterAll(() => rmSync(serviceDir, { recursive: true }));

describe('a bundle', () => {
  const text = (name = 'sweep') =>
    readFileSync(join(serviceDir, `.tidegate/functions/${name}.cjs`), 'utf8');

  test.each(['scale', 'heal', 'notify', 'sweep'])('of %s carries the configuration', (name) => {
    expect(text(name)).toMatch(/^"use strict";\nconst TIDEGATE_CONFIGURATION=\{.*"name":"bundled"/);
  });

  test.each([
    ['sweep', true],
    ['scale', false],
  ])('of %s carries the text of the file: %s', (name, carries) => {
    expect(text(name).includes('"text":"version: 1"')).toBe(carries);
  });

  test('carries none of the other ways to credentials', () => {
    const others = /credential_process|sso_session|fromInstanceMetadata/;

    expect(others.exec(text())?.[0]).toBeUndefined();
  });

  test('carries the versions of the clients, and nothing else of their packages', () => {
    expect(text()).toMatch(/version:"3\.\d+\.\d+"/);
    expect(text()).not.toContain('devDependencies');
  });

  test('has our own names, for stack traces, and short ones in what comes from npm', () => {
    expect(text()).toContain('lookAtGroups');
    expect(text()).not.toContain('constructStack');
  });

  test('signs with the credentials in the environment', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers);
      response.writeHead(400).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;

    const script = `require('./.tidegate/functions/sweep.cjs').handler({}, {}).catch(() => {})`;
    await promisify(execFile)(process.execPath, ['--eval', script], {
      cwd: serviceDir,
      env: {
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'AKID',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'token',
        POWERTOOLS_LOG_LEVEL: 'SILENT',
        DEPLOYMENT_NAME: 'tidegate-dev',
        TABLE_NAME: 'table',
        DEPLOYED_BY: 'ann',
        OUTCOME_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:outcomes',
        SCALE_QUEUE_URL: `http://127.0.0.1:${port}/scale`,
        HEAL_QUEUE_URL: `http://127.0.0.1:${port}/heal`,
        NOTIFY_QUEUE_URL: `http://127.0.0.1:${port}/notify`,
      },
    });
    server.close();

    expect(seen.length).toBeGreaterThan(0);
    for (const headers of seen) {
      expect(headers.authorization).toContain('Credential=AKID/');
      expect(headers['x-amz-security-token']).toBe('token');
      expect(headers['user-agent']).toMatch(/^aws-sdk-js\/3\.\d+\.\d+ /);
    }
  });
});
