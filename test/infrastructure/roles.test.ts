import { describe, expect, test } from '@jest/globals';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Configuration, Health } from '#domain/configuration/configuration.ts';
import { guardRails } from '#infrastructure/roles/guard-rails.ts';
import { healRole } from '#infrastructure/roles/heal-role.ts';
import { notifyRole } from '#infrastructure/roles/notify-role.ts';
import { scaleRole } from '#infrastructure/roles/scale-role.ts';
import { sweepRole } from '#infrastructure/roles/sweep-role.ts';
import type { Resources } from '#infrastructure/template.ts';
import { aGroup, aHealth } from '#test/support/builders.ts';
import { at } from './checks/compiled-template.ts';

const SLACK: Channel = {
  kind: 'slack',
  name: 'ops',
  webhookParameter: '/tidegate/slack-webhook',
  origins: ['https://hooks.slack.com'],
};
const DEPLOYMENT = { service: 'tidegate', stage: 'dev' };
const MAIL: Channel = { kind: 'email', name: 'mail', address: 'ops@example.com' };

const configured = (change: Partial<Configuration>): Configuration => ({
  groups: [],
  alerts: [],
  channels: [],
  routes: [],
  ...change,
});

const healing = (action: Health['action']) =>
  configured({ groups: [aGroup({ health: aHealth({ action }) })] });

/** The permissions of a role, each action with its resources. */
const grantsIn = (role: Resources): Readonly<Record<string, unknown>> => {
  const [resource] = Object.values(role);
  const statements = at(resource?.Properties, 'Policies', 0, 'PolicyDocument', 'Statement');
  return Object.fromEntries(
    (statements as { Action: readonly string[]; Resource: unknown }[]).flatMap(
      ({ Action, Resource }) => Action.map((action) => [action, Resource]),
    ),
  );
};

const groupArn = (name: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:autoscaling:\${AWS::Region}:\${AWS::AccountId}:autoScalingGroup:*:autoScalingGroupName/${name}`,
});

describe('scale', () => {
  const groups = [
    aGroup(),
    aGroup({ name: 'api', autoScalingGroup: 'api-prod' }),
    aGroup({ name: 'again' }),
  ];

  test('sets the capacity of any group that carries the tag, so that the role never grows', () => {
    const role = scaleRole(configured({ groups }), DEPLOYMENT);

    expect(grantsIn(role)['autoscaling:SetDesiredCapacity']).toEqual([groupArn('*')]);
    expect(role).toEqual(scaleRole(configured({ groups: [aGroup()] }), DEPLOYMENT));
    expect(JSON.stringify(role)).toContain(
      '"StringEquals":{"autoscaling:ResourceTag/tidegate:managed":["tidegate-dev","true"]}',
    );
  });

  test('sets the capacity of the groups that are named, each once, where the file asks for names', () => {
    const grants = grantsIn(scaleRole(configured({ groups, permissions: 'named' }), DEPLOYMENT));

    expect(grants['autoscaling:SetDesiredCapacity']).toEqual([
      groupArn('web-prod'),
      groupArn('api-prod'),
    ]);
  });

  test('changes nothing while no group is named', () => {
    expect(grantsIn(scaleRole(configured({}), DEPLOYMENT))).not.toHaveProperty([
      'autoscaling:SetDesiredCapacity',
    ]);
  });

  test('sets the warm pools of the groups that ask for it, and sees none while no group does', () => {
    const pooled = { name: 'api', autoScalingGroup: 'api-prod' };
    const groups = [aGroup(), aGroup({ ...pooled, warmPool: { wakeSeconds: 40, isReused: true } })];
    const grants = grantsIn(scaleRole(configured({ groups, permissions: 'named' }), DEPLOYMENT));

    expect(grants['autoscaling:PutWarmPool']).toEqual([groupArn('api-prod')]);
    expect(grants['autoscaling:DescribeWarmPool']).toEqual(['*']);
    const without = Object.keys(
      grantsIn(scaleRole(configured({ groups: [aGroup()] }), DEPLOYMENT)),
    );
    expect(without.filter((action) => action.endsWith('WarmPool'))).toEqual([]);
  });

  test('may put a warm pool within the guard rails only where a group asks for one', () => {
    const denied = (groups: Configuration['groups']) =>
      at(
        guardRails(configured({ groups })).GuardRails?.Properties,
        'PolicyDocument',
        'Statement',
        0,
        'Action',
      ) as readonly string[];
    const puts = (groups: Configuration['groups']) =>
      denied(groups).filter((action) => action.startsWith('autoscaling:Put'));

    expect(puts([aGroup()])).toEqual(['autoscaling:Put*']);
    expect(puts([aGroup({ warmPool: { wakeSeconds: 40, isReused: true } })])).toEqual([
      'autoscaling:PutLifecycleHook',
      'autoscaling:PutNotificationConfiguration',
      'autoscaling:PutScalingPolicy',
      'autoscaling:PutScheduledUpdateGroupAction',
    ]);
  });

  test.each([{ sign: '*' }, { sign: '?' }, { sign: '$' }])(
    'takes $sign in a name for itself, not for a pattern',
    ({ sign }) => {
      const groups = [aGroup({ autoScalingGroup: `web${sign}` })];
      const grants = grantsIn(scaleRole(configured({ groups, permissions: 'named' }), DEPLOYMENT));

      expect(grants['autoscaling:SetDesiredCapacity']).toEqual([groupArn(`web\${!${sign}}`)]);
    },
  );
});

describe('heal', () => {
  const targetGroup = {
    'Fn::Sub': `arn:\${AWS::Partition}:elasticloadbalancing:\${AWS::Region}:\${AWS::AccountId}:targetgroup/web/73e2d6bc24d8a067`,
  };
  const anyTargetGroup = {
    'Fn::Sub': `arn:\${AWS::Partition}:elasticloadbalancing:\${AWS::Region}:\${AWS::AccountId}:targetgroup/*/*`,
  };

  test.each([
    {
      action: 'replace',
      writes: {
        'elasticloadbalancing:DeregisterTargets': [targetGroup],
        'elasticloadbalancing:RegisterTargets': [targetGroup],
        'autoscaling:SetInstanceHealth': [groupArn('web-prod')],
      },
    },
    {
      action: 'quarantine',
      writes: {
        'elasticloadbalancing:DeregisterTargets': [targetGroup],
        'elasticloadbalancing:RegisterTargets': [targetGroup],
        'autoscaling:SetInstanceHealth': [groupArn('web-prod')],
        'autoscaling:EnterStandby': [groupArn('web-prod')],
        'autoscaling:TerminateInstanceInAutoScalingGroup': [groupArn('web-prod')],
      },
    },
    {
      action: 'deregister',
      writes: {
        'elasticloadbalancing:DeregisterTargets': [targetGroup],
        'elasticloadbalancing:RegisterTargets': [targetGroup],
      },
    },
    { action: 'notify', writes: {} },
  ] as const)('$action needs no more than this', ({ action, writes }) => {
    expect(writesIn(healRole({ ...healing(action), permissions: 'named' }, DEPLOYMENT))).toEqual(
      writes,
    );
    const patterns = Object.keys(writes).map((name) => [
      name,
      [name.startsWith('auto') ? groupArn('*') : anyTargetGroup],
    ]);
    expect(writesIn(healRole(healing(action), DEPLOYMENT))).toEqual(Object.fromEntries(patterns));
  });

  test('can touch nothing when no group has health', () => {
    expect(writesIn(healRole(configured({ groups: [aGroup()] }), DEPLOYMENT))).toEqual({});
  });

  const writesIn = (role: Resources) =>
    Object.fromEntries(
      Object.entries(grantsIn(role)).filter(([action]) =>
        /^(autoscaling|elasticloadbalancing):(?!Describe)/.test(action),
      ),
    );
});

describe('notify', () => {
  const MAIL_TOPIC = { Ref: 'MailTopicMail00d8d3f1' };
  const PARAMETER = {
    'Fn::Sub': `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/tidegate/slack-webhook`,
  };

  test.each([
    { what: 'no channel', channels: [], mail: undefined, secrets: undefined },
    { what: 'e-mail', channels: [MAIL], mail: [MAIL_TOPIC], secrets: undefined },
    { what: 'Slack', channels: [SLACK], mail: undefined, secrets: [PARAMETER] },
    {
      what: 'two Slack channels with one webhook',
      channels: [SLACK, { ...SLACK, name: 'all' }],
      mail: undefined,
      secrets: [PARAMETER],
    },
    {
      what: 'two mailboxes',
      channels: [MAIL, { ...MAIL, name: 'boss' }],
      mail: [MAIL_TOPIC, { Ref: 'MailTopicBossa5e7c002' }],
      secrets: undefined,
    },
  ])('with $what', ({ channels, mail, secrets }) => {
    const grants = grantsIn(notifyRole(configured({ channels })));

    expect(grants['sns:Publish']).toEqual(mail);
    expect(grants['ssm:GetParameter']).toEqual(secrets);
    expect('kms:Decrypt' in grants).toBe(secrets !== undefined);
  });
});

describe('sweep', () => {
  const report = { every: { minuteOfDay: 480 }, timezone: 'UTC', to: ['ops'] };

  test('reads metrics and decisions where the file asks for a report', () => {
    const grants = grantsIn(sweepRole({ report }));

    expect(Object.keys(grants)).toContain('cloudwatch:GetMetricData');
    expect(grants['dynamodb:Query']).toBeDefined();
    expect(JSON.stringify(sweepRole({ report }))).toContain(
      '"dynamodb:LeadingKeys":["GROUP#*","CHANNEL#*"]',
    );
  });

  test('may do neither where it does not', () => {
    const text = JSON.stringify(sweepRole({}));

    expect(text).not.toContain('cloudwatch:GetMetricData');
    expect(text).not.toContain('CHANNEL#');
  });

  test('takes shards from its own queue where there may be too many groups for one look', () => {
    const groups = Array.from({ length: 501 }, () => aGroup());

    expect(JSON.stringify(sweepRole({ groups }))).toContain('"Action":["sqs:ReceiveMessage"');
    expect(JSON.stringify(sweepRole({ groups: groups.slice(1) }))).not.toContain('SweepQueue');
  });
});
