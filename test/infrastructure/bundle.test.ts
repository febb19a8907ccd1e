import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bundle } from '#infrastructure/bundle.ts';
import type { Serverless } from '#infrastructure/serverless.ts';
import { aGroup } from '#test/support/builders.ts';

let serviceDir = '';
beforeAll(async () => {
  serviceDir = mkdtempSync(join(tmpdir(), 'tidegate-bundle-'));
  symlinkSync(resolve('functions'), join(serviceDir, 'functions'));
  const functions = {
    sweep: { handler: 'dist/sweep.handler' },
    another: { handler: 'elsewhere/another.handler' },
  };
  await bundle({ serviceDir, service: { functions } } as unknown as Serverless, {
    groups: [aGroup({ name: 'bundled' })],
    alerts: [],
    channels: [],
    routes: [],
  });
});
afterAll(() => rmSync(serviceDir, { recursive: true }));

describe('a bundle', () => {
  const text = () => readFileSync(join(serviceDir, 'dist/sweep.cjs'), 'utf8');

  test('carries the configuration', () => {
    expect(/name:"bundled"/.exec(text())?.[0]).toBeDefined();
  });

  test('carries none of the other ways to credentials', () => {
    const others = /credential_process|sso_session|fromInstanceMetadata/;

    expect(others.exec(text())?.[0]).toBeUndefined();
  });

  test('signs with the credentials in the environment', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers);
      response.writeHead(400).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;

    const script = `require('./dist/sweep.cjs').handler({}, {}).catch(() => {})`;
    await promisify(execFile)(process.execPath, ['--eval', script], {
      cwd: serviceDir,
      env: {
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'AKID',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'token',
        POWERTOOLS_LOG_LEVEL: 'SILENT',
        TABLE_NAME: 'table',
        DEPLOYED_BY: 'ann',
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
    }
  });
});
