import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { blocksIn, PAGES } from './pages.ts';

const page = PAGES.find(({ path }) => path === 'docs/how-to/high-resolution-demand.md');
if (page === undefined) throw new Error('the page is gone');
const blocks = blocksIn(page);
const textOf = (language: string, place = 0): string =>
  blocks.filter((block) => block.language === language)[place]?.text ?? '';

test('the file reads totals of 30 s, and makes an alarm on periods of 10 s', () => {
  const found = parseConfiguration(textOf('yaml'), { file: 'tidegate.yml', prefix: 'p' });
  if (!found.ok) throw new Error(JSON.stringify(found.problem));
  const [web] = found.value.groups;
  expect(web?.metrics.requests).toMatchObject({ periodSeconds: 30, wholeAfterSeconds: 30 });
  expect(web?.rules).toMatchObject([
    // 50 requests a second are 1,500 in half a minute.
    { kind: 'track', target: 1_500, isTotal: true },
    { kind: 'threshold', alarm: { condition: { datapoints: 3, periods: 3 } } },
  ]);
});

test("the agent's file is JSON, and no interval in it is longer than ten seconds", () => {
  const file = JSON.parse(textOf('json')) as Readonly<Record<'agent' | 'metrics', object>>;
  const intervals = [...JSON.stringify(file).matchAll(/"(\w+_interval)":(\d+)/g)];
  expect(intervals.map(([, name, seconds]) => [name, Number(seconds)])).toEqual([
    ['metrics_collection_interval', 10],
    ['force_flush_interval', 10],
    ['metrics_collection_interval', 10],
    ['metrics_aggregation_interval', 10],
  ]);
  expect(file.metrics).toMatchObject({
    append_dimensions: { AutoScalingGroupName: expect.any(String) },
    aggregation_dimensions: [['AutoScalingGroupName']],
  });
});

/** The program of the page with other commands in place of `sleep` and `curl`, and another port. */
const runNginxScript = async (answers: readonly string[], port: number): Promise<void> => {
  const directory = mkdtempSync(join(tmpdir(), 'tidegate-nginx-'));
  try {
    const script = textOf('sh').replaceAll('8125', String(port));
    for (const [index, text] of answers.entries())
      writeFileSync(join(directory, String(index)), text);
    const stubs = `count=0
sleep() { [[ -f ${directory}/$count ]]; }
curl() { cat ${directory}/$count; }
date() { echo 7; }
`;
    // The loop counts on: each answer is read once.
    const counted = script.replace('before=$requests', 'before=$requests; count=$((count + 1))');
    const child = spawn('bash', ['-c', stubs + counted], { stdio: 'ignore' });
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const statusOf = (requests: number, reading: number, writing: number): string =>
  `Active connections: 9 \nserver accepts handled requests\n 5 5 ${requests} \nReading: ${reading} Writing: ${writing} Waiting: 4 \n`;

test('the program for nginx hands over differences, what is in work, and nothing of a restart', async () => {
  const socket = createSocket('udp4');
  const heard: string[] = [];
  socket.on('message', (text) => heard.push(text.toString().trim()));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  await runNginxScript(
    [statusOf(100, 0, 1), statusOf(160, 1, 3), statusOf(5, 0, 1), statusOf(9, 0, 2)],
    socket.address().port,
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.close();

  expect(heard).toEqual([
    'in_flight:1|g',
    'requests:60|c',
    'in_flight:4|g',
    'in_flight:1|g',
    'requests:4|c',
    'in_flight:2|g',
  ]);
});

test('the program for Node.js is one, and prints what the fleet prints', () => {
  const program = `const server = { on: (_, heard) => { heard(); heard(); } };
globalThis.setInterval = (tick) => tick();
${textOf('js')}`;
  const { stdout, status } = spawnSync(process.execPath, ['-e', program], {
    env: { ...process.env, GROUP: 'web-prod' },
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    _aws: {
      CloudWatchMetrics: [
        {
          Dimensions: [['AutoScalingGroupName']],
          Metrics: [{ Name: 'requests', Unit: 'Count', StorageResolution: 1 }],
        },
      ],
    },
    AutoScalingGroupName: 'web-prod',
    requests: 2,
  });
});
