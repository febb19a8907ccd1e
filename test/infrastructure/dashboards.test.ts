import { describe, expect, test } from '@jest/globals';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { dashboards, dashboardsSaid } from '#infrastructure/dashboard/dashboards.ts';
import { resolved } from '#infrastructure/resolved.ts';
import { aGroup, aHealth, anAlarmRule } from '#test/support/builders.ts';
import { CPU } from '#test/support/readings.ts';

const DEPLOYMENT = { service: 'tidegate', stage: 'prod' };
const SITE = { region: 'eu-central-1', stack: 'tidegate-prod' };
const FUNCTIONS = Object.fromEntries(
  ['Scale', 'Heal', 'Notify', 'Sweep'].map((title) => [
    `${title}LambdaFunction`,
    {
      Type: 'AWS::Lambda::Function',
      Properties: { FunctionName: `tidegate-prod-${title.toLowerCase()}` },
    },
  ]),
);

type Placed = Readonly<{
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: Readonly<{
    title?: string;
    markdown?: string;
    region?: string;
    metrics?: readonly (readonly unknown[])[];
    annotations?: unknown;
  }>;
}>;

/** The dashboards as CloudWatch gets them, by their names. */
const made = (
  groups: readonly Group[],
  more: Partial<Configuration> = {},
): ReadonlyMap<string, readonly Placed[]> => {
  const configuration = { groups, alerts: [], channels: [], routes: [], ...more };
  const resources = dashboards(configuration, DEPLOYMENT);
  return new Map(
    Object.values(resources).map(({ Properties }) => {
      const { DashboardName, DashboardBody } = resolved(
        Properties,
        { Resources: FUNCTIONS },
        SITE,
      ) as Readonly<{ DashboardName: string; DashboardBody: string }>;
      return [DashboardName, JSON.parse(DashboardBody).widgets as readonly Placed[]];
    }),
  );
};

const widgetsOf = (group: Group): readonly Placed[] =>
  [...made([group]).values()].flat().filter(({ properties }) => {
    const { title = '', markdown = '' } = properties;
    return /^(web|targetgroup)\b/.test(title) || markdown.startsWith('## ');
  });

const titled = (widgets: readonly Placed[], title: string) =>
  widgets.find(({ properties }) => properties.title === title)?.properties;

const WEB = aGroup({ metrics: { cpu: CPU } });

describe('the dashboard', () => {
  test('bears the name of the deployment, and shows Tidegate itself first', () => {
    const [[name, widgets = []] = ['']] = [...made([WEB])];

    expect(name).toBe('tidegate-prod');
    expect(widgets.slice(0, 5).map(({ properties }) => properties.title)).toEqual([
      undefined,
      'Oldest message that waits',
      'Sweeps, and what failed',
      'Decisions by outcome',
      'From alarm to action',
    ]);
    expect(titled(widgets, 'Oldest message that waits')?.metrics?.[0]).toEqual([
      'AWS/SQS',
      'ApproximateAgeOfOldestMessage',
      'QueueName',
      'tidegate-prod-scale',
      { label: 'scale' },
    ]);
    expect(titled(widgets, 'Sweeps, and what failed')?.metrics?.[0]).toEqual([
      'AWS/Lambda',
      'Invocations',
      'FunctionName',
      'tidegate-prod-sweep',
      { label: 'sweeps' },
    ]);
  });

  test('shows the capacity of a group with the bounds of the file', () => {
    const group = aGroup({ metrics: { cpu: CPU }, capacity: { min: 2, max: 9 } });

    expect(titled(widgetsOf(group), 'web: capacity')).toMatchObject({
      region: 'eu-central-1',
      annotations: {
        horizontal: [
          { label: 'minimum in tidegate.yml', value: 2 },
          { label: 'maximum in tidegate.yml', value: 9 },
        ],
      },
    });
  });

  test('shows each metric of the rules once, with their thresholds', () => {
    const widgets = widgetsOf(WEB).filter(({ properties }) => properties.title === 'web: cpu');

    expect(widgets.map(({ properties }) => [properties.metrics, properties.annotations])).toEqual([
      [
        [
          [
            'AWS/EC2',
            'CPUUtilization',
            'AutoScalingGroupName',
            'web-prod',
            { label: 'cpu', stat: 'Average', period: 60 },
          ],
        ],
        {
          horizontal: [
            { label: 'cpu-high: cpu > 70 for 5m', value: 70 },
            { label: 'cpu-low: cpu < 30 for 10m', value: 30 },
          ],
        },
      ],
    ]);
  });

  test('draws an expression by its result, and a query as it is', () => {
    const group = aGroup({
      metrics: {
        errors: {
          kind: 'math',
          expression: '100 * bad / all',
          uses: { bad: { ...CPU, account: '210987654321' }, all: CPU },
          periodSeconds: 60,
        },
        hottest: {
          kind: 'query',
          query: 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)',
          periodSeconds: 300,
        },
      },
      rules: ['errors', 'hottest'].map((metric) => ({
        kind: 'track' as const,
        name: metric,
        metric,
        target: 5,
        isTotal: false,
        onMissing: 'hold' as const,
      })),
    });
    const widgets = widgetsOf(group);

    expect(titled(widgets, 'web: errors')?.metrics).toEqual([
      [{ expression: '100 * bad / all', label: 'errors', period: 60 }],
      [
        'AWS/EC2',
        'CPUUtilization',
        'AutoScalingGroupName',
        'web-prod',
        { id: 'bad', visible: false, stat: 'Average', period: 60, accountId: '210987654321' },
      ],
      [
        'AWS/EC2',
        'CPUUtilization',
        'AutoScalingGroupName',
        'web-prod',
        { id: 'all', visible: false, stat: 'Average', period: 60 },
      ],
    ]);
    expect(titled(widgets, 'web: hottest')?.metrics).toEqual([
      [
        {
          expression: 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)',
          label: 'hottest',
          period: 300,
        },
      ],
    ]);
  });

  test.each([
    {
      loadBalancer: 'app/web/50dc6c495c0c9188',
      titles: ['web: demand and errors', 'web: response time', 'web: targets'],
    },
    {
      loadBalancer: 'net/web/50dc6c495c0c9188',
      titles: ['web: demand and errors', 'web: targets'],
    },
  ])('shows the target groups behind $loadBalancer', ({ loadBalancer, titles }) => {
    const watched = [{ alarm: 'a', targetGroup: 'targetgroup/web/73e2d6bc24d8a067', loadBalancer }];
    const group = aGroup({ metrics: { cpu: CPU }, health: { ...aHealth(), watched } });

    expect(widgetsOf(group).map(({ properties }) => properties.title)).toEqual([
      undefined,
      'web: capacity',
      'web: cpu',
      ...titles,
    ]);
  });

  test('finds target groups by the metrics, each once', () => {
    const dimensions = {
      TargetGroup: 'targetgroup/web/73e2d6bc24d8a067',
      LoadBalancer: 'app/web/50dc6c495c0c9188',
    };
    const group = aGroup({
      metrics: {
        cpu: CPU,
        requests: { ...CPU, dimensions },
        errors: {
          kind: 'math',
          expression: 'm',
          uses: { m: { ...CPU, dimensions } },
          periodSeconds: 60,
        },
      },
    });

    expect(widgetsOf(group).map(({ properties }) => properties.title)).toEqual([
      undefined,
      'web: capacity',
      'web: cpu',
      'web: demand and errors',
      'web: response time',
      'web: targets',
    ]);
  });

  test('shows what an hour costs where the file names a price', () => {
    const group = aGroup({ metrics: { cpu: CPU }, instanceHour: 0.0416 });

    expect(titled(widgetsOf(group), 'web: cost of an hour')?.metrics?.[0]).toEqual([
      { expression: 'instances * 0.0416', label: 'cost of an hour' },
    ]);
  });

  test('says of a group what AWS calls it, and where its runbook is', () => {
    const headings = [
      aGroup({ rules: [] }),
      aGroup({ rules: [], autoScalingGroup: 'web', runbook: 'https://wiki.example.com/web' }),
    ].map((group) => widgetsOf(group)[0]?.properties.markdown);

    expect(headings).toEqual([
      '## web (web-prod)',
      '## web · [runbook](https://wiki.example.com/web)',
    ]);
  });

  test('takes text for text that CloudFormation would take for a placeholder', () => {
    const group = aGroup({
      metrics: { cpu: { ...CPU, dimensions: { Name: `\${AWS::Region} "x" \\` } } },
    });

    expect(titled(widgetsOf(group), 'web: cpu')?.metrics?.[0]?.[3]).toBe(`\${AWS::Region} "x" \\`);
  });

  test('has its widgets side by side, none over another, none beyond the edge', () => {
    const [widgets = []] = [
      ...made([WEB, aGroup({ name: 'api', metrics: { cpu: CPU }, instanceHour: 1 })]).values(),
    ];
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from(
        { length: width * height },
        (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`,
      ),
    );

    expect(new Set(cells).size).toBe(cells.length);
    expect(widgets.filter(({ x, width }) => x + width > 24)).toEqual([]);
  });

  test('goes on in another when there are more groups than CloudWatch draws on one, each group whole', () => {
    const groups = Array.from({ length: 200 }, (_, index) =>
      aGroup({ name: `g${index}`, metrics: { cpu: CPU } }),
    );
    const pages = [...made(groups)];
    const said = dashboardsSaid({ groups, alerts: [], channels: [], routes: [] }, DEPLOYMENT).split(
      ' ',
    );
    const shows = (name: string, group = '') =>
      JSON.stringify(pages.find(([page]) => page === name)).includes(`${group}`);

    expect(said.map((word) => word.split(':')[0])).toEqual(pages.map(([name]) => name));
    for (const word of said.slice(1)) {
      const [name = '', first] = word.split(':');
      expect(shows(name, first)).toBe(true);
    }

    expect(pages.map(([name, widgets]) => [name, widgets.length])).toEqual([
      ['tidegate-prod', 5 + 165 * 3],
      ['tidegate-prod-2', 35 * 3],
    ]);
  });

  test('is not made when the file says so', () => {
    expect([...made([WEB], { dashboard: 'off' })]).toEqual([]);
    const off = { groups: [WEB], alerts: [], channels: [], routes: [], dashboard: 'off' } as const;
    expect(dashboardsSaid(off, DEPLOYMENT)).toBe('off');
  });

  test('shows nothing of an alarm that people made themselves but the capacity', () => {
    expect(
      widgetsOf(aGroup({ rules: [anAlarmRule('mine')] })).map(({ properties }) => properties.title),
    ).toEqual([undefined, 'web: capacity']);
  });
});
