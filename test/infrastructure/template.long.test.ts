import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Note } from '#domain/lane/note.ts';
import { at, properties, resourcesOf } from './checks/compiled-template.ts';
import { permissionsOf } from './checks/statements.ts';
import { TEMPLATE_CHECKS } from './checks/template-checks.ts';
import { emittedMetrics } from './emitted-metrics.ts';
import { packageService } from './package-service.ts';
import { permissionsNeededBy } from './permissions-needed-by.ts';
import { PLANTS } from './plants/all-plants.ts';

const CONFIGURATION = `
version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 }
    warmPool: { wake: 40s }
    metrics:
      requests: { preset: alb-requests, loadBalancer: app/web/50dc6c495c0c9188, targetGroup: targetgroup/web/73e2d6bc24d8a067 }
      cpu: { preset: asg-cpu }
      errors:
        preset: alb-error-rate
        loadBalancer: app/web/50dc6c495c0c9188
        targetGroup: targetgroup/web/73e2d6bc24d8a067
    rules:
      ahead: { forecast: requests, perInstance: 45rps }
      cpu-high: { when: cpu > 70 for 3m, then: add 2 }
      errors-high: { when: errors > 5 for 3m of 5m, then: add 10% }
      mine: { when: { alarm: web-latency-high }, then: set 4 }
    health:
      targetGroup: targetgroup/web/73e2d6bc24d8a067
      loadBalancer: app/web/50dc6c495c0c9188
      action: quarantine
fleets:
  shops:
    select: { tags: { tier: shop } }
    capacity: { min: 2, max: 10 }
    metrics: { busy: { preset: asg-cpu } }
    rules: { busy: { when: busy > 70 for 3m, then: add 2 } }
notify:
  channels:
    slack: { slack: ssm:/tidegate/slack-webhook }
    mail: { email: ops@example.com }
    boss: { email: boss@example.com }
    html: { email: html@example.com, from: tidegate@example.com }
    bot: { slackBot: secretsmanager:tidegate/bot, channel: C024BE91L }
  report: { every: monday 08:00, to: [slack] }
events: { bus: operations, hub: arn:aws:events:eu-west-1:111122223333:event-bus/tidegate }
`;

const FUNCTIONS = [
  { name: 'scale', title: 'Scale' },
  { name: 'heal', title: 'Heal' },
  { name: 'notify', title: 'Notify' },
  { name: 'sweep', title: 'Sweep' },
];

const PERMISSIONS = readFileSync('docs/permissions.md', 'utf8');

const BAD_NEWS: readonly Note[] = [
  { kind: 'missed-notification', group: 'web', alarm: 'web-cpu-high', forSeconds: 120 },
  { kind: 'notice', ending: 'refused', reference: 'd-1', channel: 'ops', detail: 'no such hook' },
  { kind: 'channel', channel: 'ops', isBroken: true, detail: 'archived' },
  { kind: 'telling-failed', decisionId: 'd-1', error: new Error('the key is gone') },
  { kind: 'shard-dropped', groups: 500, lateSeconds: 3 },
];

const packageOnce = () =>
  packageService({ configuration: CONFIGURATION }, ({ template, read }) => ({
    template,
    zips: FUNCTIONS.map(({ name }) => ({ name, bytes: read(`.serverless/${name}.zip`) })),
  }));

const packaged = packageOnce();

const checkFor = (words: string) => {
  const found = TEMPLATE_CHECKS.filter(({ name }) => name.includes(words));
  if (found.length !== 1) throw new Error(`${found.length} checks are about "${words}"`);
  return found[0]!;
};

describe('the template that serverless package makes', () => {
  test.each(TEMPLATE_CHECKS)('$name', ({ problemsIn }) => {
    expect(problemsIn(packaged.template)).toEqual([]);
  });
});

describe('a mistake is found', () => {
  test.each(PLANTS)('%s: %s', (check, _fault, plant) => {
    const template = structuredClone(packaged.template);
    plant(template);

    expect(checkFor(check).problemsIn(template)).not.toEqual([]);
  });

  test('by every check', () => {
    const proven = new Set(PLANTS.map(([check]) => checkFor(check).name));

    expect(TEMPLATE_CHECKS.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
  });
});

describe('what is deployed agrees with the code', () => {
  test.each(FUNCTIONS)(
    '$name may do what its code does, and nothing more',
    async ({ name, title }) => {
      const granted = permissionsOf(packaged.template, `${title}Role`);

      expect(granted).toEqual(await permissionsNeededBy(name));
    },
    60_000,
  );

  test.each(FUNCTIONS)('docs/permissions.md tells what $name may do', ({ name, title }) => {
    const [section = ''] = PERMISSIONS.split(`### ${name}\n`)[1]?.split('\n##') ?? [];
    const told = [...section.matchAll(/`([a-z]+:[A-Z]\w+\*?)`/g)].map(([, action = '']) => action);

    expect([...new Set(told)].sort()).toEqual(permissionsOf(packaged.template, `${title}Role`));
  });

  test('docs/permissions.md names the source of the condition for each action that changes a group', () => {
    const rows = [
      ...PERMISSIONS.matchAll(/^\| `((?:auto|elastic)\w+:\w+)` \|.*\[(?:asg|elb)\] \|$/gm),
    ];
    const changing = FUNCTIONS.flatMap(({ title }) =>
      permissionsOf(packaged.template, `${title}Role`),
    ).filter((action) => /^(auto|elastic)\w+:(?!Describe)/.test(action));

    expect(rows.map(([, action = '']) => action).sort()).toEqual(changing.sort());
  });

  test.each(FUNCTIONS)('$name is given the variables that it reads', ({ name, title }) => {
    const handler = readFileSync(`functions/${name}/handler.ts`, 'utf8');
    const read = [...handler.matchAll(/'([A-Z]+_[A-Z_]+)'/g)]
      .map(([, variable = '']) => variable)
      // Lambda gives it itself.
      .filter((variable) => variable !== 'AWS_REGION');
    const { Environment } = properties(packaged.template, `${title}LambdaFunction`);
    const given = Object.keys(at(Environment, 'Variables') as object);

    expect(given.filter((variable) => !variable.startsWith('POWERTOOLS_')).sort()).toEqual(
      read.sort(),
    );
  });

  test('the metrics that alarms watch are those that the functions write', () => {
    const { Environment } = properties(packaged.template, 'NotifyLambdaFunction');
    const { POWERTOOLS_METRICS_NAMESPACE, POWERTOOLS_SERVICE_NAME } = at(
      Environment,
      'Variables',
    ) as Record<string, string>;
    const variables = { POWERTOOLS_METRICS_NAMESPACE, POWERTOOLS_SERVICE_NAME };
    const watched = resourcesOf(packaged.template, 'AWS::CloudWatch::Alarm')
      .map(([, { Properties }]) => Properties)
      .filter(({ Namespace }) => Namespace === 'Tidegate');

    expect(
      emittedMetrics(variables as Record<string, string>, BAD_NEWS).map(
        ({ namespace, name, dimensions }) => ({
          Namespace: namespace,
          MetricName: name,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        }),
      ),
    ).toEqual(
      watched.map(({ Namespace, MetricName, Dimensions }) => ({
        Namespace,
        MetricName,
        Dimensions,
      })),
    );
  });
});

describe('the packages', () => {
  test.each(packaged.zips)('$name holds one file', ({ name, bytes }) => {
    const entries = bytes.toString('latin1').split('PK\x01\x02').slice(1);

    expect(entries).toHaveLength(1);
    expect(entries[0]).toContain(`.tidegate/functions/${name}.cjs`);
  });

  test('are the same to the byte when nothing has changed', () => {
    const digests = packaged.zips.map(({ bytes }) => bytes.toString('base64'));

    expect(packageOnce().zips.map(({ bytes }) => bytes.toString('base64'))).toEqual(digests);
  });
});
