import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plugin } from '#infrastructure/plugin.ts';
import type { Serverless } from '#infrastructure/serverless.ts';
import { at } from './checks/compiled-template.ts';

const GROUPS = `
version: 1
groups:
  web:
    autoScalingGroup: web-prod
    metrics: { cpu: { preset: asg-cpu } }
    rules: { cpu-high: { when: cpu > 70 for 3m, then: add 2 } }
`;
const MAIL = 'notify: { channels: { mail: { email: ops@example.com } } }\n';

const FLEET = `
fleets:
  shops:
    select: { tags: { tier: shop } }
    metrics: { busy: { preset: asg-cpu } }
    rules: { busy: { when: busy > 70 for 3m, then: add 2 } }
`;

class UserError extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

let serviceDir = '';
beforeAll(() => {
  serviceDir = mkdtempSync(join(tmpdir(), 'tidegate-plugin-'));
  writeFileSync(join(serviceDir, 'tidegate.yml'), GROUPS + MAIL);
  writeFileSync(join(serviceDir, 'unheard.yml'), GROUPS);
  writeFileSync(join(serviceDir, 'fleet.yml'), `${GROUPS}${FLEET}${MAIL}`);
  writeFileSync(join(serviceDir, 'traced.yml'), `${GROUPS}${MAIL}tracing: xray\n`);
  writeFileSync(join(serviceDir, 'untraced.yml'), `${GROUPS}${MAIL}tracing: off\n`);
  const from = MAIL.replace('ops@example.com', 'ops@example.com, from: a@example.com');
  writeFileSync(join(serviceDir, 'heard.yml'), GROUPS + from);
  writeFileSync(join(serviceDir, 'broken.yml'), GROUPS.replace('cpu > 70', 'cpv > 70'));
});
afterAll(() => rmSync(serviceDir, { recursive: true }));

type Situation = Readonly<{
  command?: string;
  file?: string;
  resources?: Serverless['service']['resources'];
  compiled?: Readonly<Record<string, { Type: string; Properties: object }>>;
  functions?: Serverless['service']['functions'];
  provider?: object;
}>;

const start = ({
  command = 'deploy',
  file,
  resources,
  compiled = {},
  functions = { notify: {} },
  provider = {},
}: Situation) => {
  const service = {
    custom: { tidegate: file === undefined ? {} : { configuration: file } },
    functions,
    getServiceName: () => 'tidegate',
    provider: { compiledCloudFormationTemplate: { Resources: compiled }, ...provider },
    ...(resources === undefined ? {} : { resources }),
  };
  const warnings: string[] = [];
  const notices: string[] = [];
  const extended: Record<string, unknown> = {};
  const hooks = plugin(
    {
      serviceDir,
      extendConfiguration: (path, value) => {
        extended[path.join('.')] = value;
      },
      processedInput: { commands: command.split(' ') },
      getProvider: () => ({ getStage: () => 'dev', getRegion: () => 'eu-central-1' }),
      classes: { Error: UserError },
      service: service as Serverless['service'],
    },
    {
      warning: (text) => warnings.push(text),
      notice: (text) => notices.push(text),
    },
    () => '',
  );
  return { ...hooks, service: service as Serverless['service'], warnings, notices, extended };
};

const mailTopicsIn = ({ functions }: Serverless['service']) =>
  functions.notify?.environment?.MAIL_TOPIC_ARNS;

describe('the plugin gives the service', () => {
  type Extended = Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
  >;
  const configured = async (situation: Situation = {}): Promise<Extended> => {
    const { configure, extended } = start(situation);
    await configure();
    return extended as Extended;
  };

  test('its four functions, each with one file and the role that is made for it', async () => {
    const { functions = {} } = await configured();

    expect(Object.keys(functions).sort()).toEqual(['heal', 'notify', 'scale', 'sweep']);
    expect(functions.scale).toMatchObject({
      handler: '.tidegate/functions/scale.handler',
      role: { 'Fn::Sub': `\${ScaleRole.Arn}` },
      package: { patterns: ['!**', '.tidegate/functions/scale.cjs'] },
    });
    expect(functions.sweep?.events).toEqual([{ schedule: 'rate(1 minute)' }]);
  });

  test('settings of the provider that serverless.yml does not have', async () => {
    const extended = await configured({ provider: { runtime: 'nodejs22.x', memorySize: 1024 } });

    expect(extended).not.toHaveProperty(['provider.runtime']);
    expect(extended).not.toHaveProperty(['provider.memorySize']);
    expect(extended).toHaveProperty(['provider.architecture'], 'arm64');
    expect(extended).toHaveProperty(['provider.logRetentionInDays'], 30);
  });

  test('tags of the stack: the stage, and the version that made it', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    const extended = await configured({ provider: { stackTags: { team: 'edge' } } });

    expect(extended['provider.stackTags']).toEqual({
      application: 'tidegate',
      stage: 'dev',
      team: 'edge',
      'tidegate:version': expect.stringMatching(new RegExp(`^${version}(\\+[0-9a-f]{7}|$)`)),
    });
  });

  test('settings of a function that serverless.yml has, and functions that it has besides', async () => {
    const { functions = {} } = await configured({
      functions: {
        scale: { memorySize: 1024, environment: { EXTRA: 'yes' } },
        mine: { handler: 'mine.handler' },
      },
    });

    expect(functions.scale).toMatchObject({ memorySize: 1024, timeout: 30 });
    expect(functions.scale?.environment).toMatchObject({
      EXTRA: 'yes',
      TABLE_NAME: { Ref: 'Table' },
    });
    expect(functions.mine).toEqual({ handler: 'mine.handler' });
  });

  test('nothing when the Serverless Framework only installs plugins', async () => {
    expect(await configured({ command: 'plugin install' })).toEqual({});
  });
});

describe('the plugin', () => {
  test.each(['deploy', 'package'])('adds what tidegate.yml asks for at %s', (command) => {
    const { addResources, service, warnings } = start({ command });

    addResources();

    const alarm = service.resources?.Resources?.RuleAlarmWebCpuHighde5ddee3;
    expect(alarm?.Properties.AlarmName).toBe('tidegate-dev-web-cpu-high');
    expect(service.resources?.Outputs).toHaveProperty('AlarmTopicArn');
    expect(at(mailTopicsIn(service), 'Fn::Sub')).toBe(`{"mail":"\${MailTopicMail00d8d3f1}"}`);
    expect(warnings).toEqual([]);
  });

  test('has its own functions traced, and lets them send traces, where the file says xray', () => {
    const functions = { scale: {}, heal: {}, notify: {}, sweep: {}, mine: {} };
    const { addResources, service } = start({ file: 'traced.yml', functions });

    addResources();

    expect(service.functions).toMatchObject({
      scale: { tracing: 'Active' },
      heal: { tracing: 'Active' },
      notify: { tracing: 'Active' },
      sweep: { tracing: 'Active' },
    });
    expect(service.functions.mine).toEqual({});
    for (const name of ['Scale', 'Heal', 'Notify', 'Sweep']) {
      const role = JSON.stringify(service.resources?.Resources?.[`${name}Role`]);
      expect(role).toContain('["xray:PutTelemetryRecords","xray:PutTraceSegments"]');
    }
  });

  test.each([
    { file: 'fleet.yml', sources: 2, has: true },
    { file: 'tidegate.yml', sources: 1, has: false },
  ])(
    'feeds the sweep with a queue of shards where it may need them: $file',
    ({ file, sources, has }) => {
      const sweep = {
        events: [{ schedule: 'rate(1 minute)' }],
        environment: { TABLE_NAME: 'table' },
      };
      const { addResources, service } = start({ file, functions: { notify: {}, sweep } });

      addResources();

      expect(service.functions.sweep?.events).toHaveLength(sources);
      expect(at(service.functions.sweep?.events, 1, 'sqs', 'batchSize')).toBe(has ? 1 : undefined);
      expect('SWEEP_QUEUE_URL' in (service.functions.sweep?.environment ?? {})).toBe(has);
      expect('SweepQueue' in (service.resources?.Resources ?? {})).toBe(has);
    },
  );

  test.each([undefined, 'untraced.yml'])('traces nothing without the key: %s', (file) => {
    const { addResources, service } = start(file === undefined ? {} : { file });

    addResources();

    expect(service.functions.notify).not.toHaveProperty('tracing');
    expect(JSON.stringify(service.resources)).not.toContain('xray');
  });

  test.each(['info', 'remove', 'logs'])('needs no valid file to %s', (command) => {
    const { addResources, service } = start({ command, file: 'broken.yml' });

    addResources();

    expect(service.resources).toBeUndefined();
  });

  test('gives a function that is invoked locally no mail topics', () => {
    const { addResources, service } = start({ command: 'invoke local' });

    addResources();

    expect(mailTopicsIn(service)).toBe('{}');
    expect(service.resources).toBeUndefined();
  });

  test('says after a deployment what is left to do', () => {
    const { tellNext, notices } = start({});

    tellNext();

    expect(notices).toEqual([
      `Tidegate is deployed: tidegate, stage dev, eu-central-1. What may be left to do:
1. Confirm the mails that AWS sends to ops@example.com; until then nothing is delivered there.
2. Tag the groups that may be changed; without the tag nothing is touched. Rules in shadow need none:
     aws autoscaling create-or-update-tags --tags ResourceType=auto-scaling-group,ResourceId=web-prod,Key=tidegate:managed,Value=tidegate-dev,PropagateAtLaunch=false --region eu-central-1
3. Try the channels:
     npx tidegate notify --test mail --service tidegate --stage dev --region eu-central-1
4. See the groups, and Tidegate itself, on the dashboard:
     https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/tidegate-dev
5. See whether all is well, and what is missing:
     npx tidegate doctor --service tidegate --stage dev --region eu-central-1`,
    ]);
  });

  test('refuses to deploy a function alone', () => {
    const { addResources } = start({ command: 'deploy function' });

    expect(addResources).toThrow('a function is not deployed alone');
  });

  test("warns when nobody would hear Tidegate's own alarms", () => {
    const { addResources, warnings } = start({ file: 'unheard.yml' });

    addResources();

    expect(warnings).toEqual([expect.stringContaining('OperationsTopicArn')]);
  });

  test('does not warn where a mailbox hears them that SES serves', () => {
    const { addResources, warnings } = start({ file: 'heard.yml' });

    addResources();

    expect(warnings).toEqual([]);
  });

  test('keeps the resources that serverless.yml has besides', () => {
    const Mine = { Type: 'AWS::SQS::Queue', Properties: {} };
    const { addResources, service } = start({ resources: { Resources: { Mine } } });

    addResources();

    expect(service.resources?.Resources).toHaveProperty('Mine', Mine);
    expect(service.resources?.Resources).toHaveProperty('Table');
  });

  test('refuses resources that serverless.yml has of the same id', () => {
    const Table = { Type: 'AWS::SQS::Queue', Properties: {} };
    const { addResources } = start({ resources: { Resources: { Table } } });

    expect(addResources).toThrow('serverless.yml has resources that Tidegate generates too: Table');
  });
});

describe('a mistake stops the deployment as an error of the operator', () => {
  const errorOf = (situation: Situation): unknown => {
    try {
      start(situation).addResources();
      return undefined;
    } catch (error) {
      return error;
    }
  };

  test('in the file, with its place and a way out', () => {
    const error = errorOf({ file: 'broken.yml' }) as UserError;

    expect(error).toBeInstanceOf(UserError);
    expect(error.code).toBe('TIDEGATE_CONFIGURATION_INVALID');
    expect(error.message).toMatch(/broken\.yml:7:\d+/);
    expect(error.message).toContain('Fix broken.yml; until then nothing is deployed.');
  });

  test('in the name of the file', () => {
    const error = errorOf({ file: 'missing.yml' }) as UserError;

    expect(error.code).toBe('TIDEGATE_CONFIGURATION_UNREADABLE');
    expect(error.message).toContain(`cannot read ${join(serviceDir, 'missing.yml')}`);
  });
});

describe('the size of the stack', () => {
  const queues = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `Queue${index}`,
        { Type: 'AWS::SQS::Queue', Properties: {} },
      ]),
    );

  test('is let pass at the limit', () => {
    expect(start({ compiled: queues(500) }).checkLimits).not.toThrow();
  });

  test('stops the deployment above the limit, and says what to do', () => {
    const { checkLimits } = start({ compiled: queues(501) });

    expect(checkLimits).toThrow(/501 resources.*takes 500\nDivide the groups and channels/);
  });
});
