import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createDemand } from '#fleet/application/demand.ts';
import { createInstance } from '#fleet/application/instance.ts';
import { startPublishing } from '#fleet/application/publish.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Answer = Readonly<{ status?: number; text: string }>;
type Asked = Readonly<{
  method: string;
  url: string;
  action: string;
  signature: string;
  body: string;
}>;

/** A server on this machine that keeps what it was asked. */
const aServer = async (answer: (asked: Asked) => Answer) => {
  const asked: Asked[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const action = String(headers['x-amz-target'] ?? '');
      const one = { method, url, action, signature: headers.authorization ?? '', body };
      asked.push(one);
      const { status = 200, text } = answer(one);
      response.writeHead(status).end(text);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const KEYS = { AccessKeyId: 'AKID', SecretAccessKey: 'secret', Token: 'TOKEN' };
const METADATA: Readonly<Record<string, string>> = {
  '/latest/api/token': 'the-token',
  '/latest/meta-data/instance-id': 'i-0123',
  '/latest/meta-data/tags/instance/aws:autoscaling:groupName': 'web-prod',
  '/latest/meta-data/iam/security-credentials/': 'the-role',
  '/latest/meta-data/iam/security-credentials/the-role': JSON.stringify(KEYS),
};

const published = async (logs: (asked: Asked) => Answer, metadata = METADATA) => {
  const instance = await aServer(({ url }) =>
    metadata[url] === undefined ? { status: 404, text: '' } : { text: metadata[url] },
  );
  const { asked, origin } = await aServer(logs);
  const complaints: string[] = [];
  const demand = createDemand(performance.now());
  const publisher = startPublishing({
    publishing: { origin, region: 'eu-central-1', logGroup: '/fleet/demand', seconds: 10 },
    instance: createInstance(instance.origin),
    demand,
    complain: (problem) => complaints.push(problem),
  });
  demand.came(performance.now());
  await publisher.stop();
  return { asked, complaints };
};

describe('publishing demand', () => {
  test('makes a stream for the instance, and puts one signed event into it', async () => {
    const before = Date.now();
    const { asked, complaints } = await published(() => ({ text: '{}' }));

    expect(complaints).toEqual([]);
    expect(asked.map(({ action }) => action)).toEqual([
      'Logs_20140328.CreateLogStream',
      'Logs_20140328.PutLogEvents',
    ]);
    for (const { signature } of asked) {
      expect(signature).toMatch(/^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/logs\//);
    }
    const [, put] = asked.map(({ body }) => JSON.parse(body));
    expect(put).toMatchObject({ logGroupName: '/fleet/demand', logStreamName: 'i-0123' });
    const [{ timestamp, message }] = put.logEvents;
    expect(timestamp).toBeGreaterThanOrEqual(before);
    const event = JSON.parse(message);
    expect(event).toMatchObject({ AutoScalingGroupName: 'web-prod', Requests: 1 });
    // It is of the stretch before, and so of the period before.
    expect(event._aws.Timestamp).toBe(timestamp - 1_000);
  });

  test('takes a stream that is there already for a new one', async () => {
    const { asked, complaints } = await published(({ action }) =>
      action.endsWith('CreateLogStream')
        ? { status: 400, text: '{"__type":"ResourceAlreadyExistsException"}' }
        : { text: '{}' },
    );
    expect([asked.length, complaints]).toEqual([2, []]);
  });

  test('says what went wrong, and goes on', async () => {
    const refused = await published(() => ({ status: 400, text: 'AccessDeniedException' }));
    expect(refused.complaints).toEqual([
      'demand was not published: Error: CreateLogStream: 400 AccessDeniedException',
    ]);
    const { '/latest/meta-data/tags/instance/aws:autoscaling:groupName': _group, ...rest } =
      METADATA;
    const untagged = await published(() => ({ text: '{}' }), rest);
    expect(untagged.complaints).toEqual([
      'demand was not published: Error: the metadata of the instance: 404 at meta-data/tags/instance/aws:autoscaling:groupName',
    ]);
  });

  test('needs credentials of the role', async () => {
    const path = '/latest/meta-data/iam/security-credentials/the-role';
    const { complaints } = await published(() => ({ text: '{}' }), { ...METADATA, [path]: '{}' });
    expect(complaints[0]).toMatch(/no credentials for the-role$/);
  });
});
