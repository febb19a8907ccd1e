import { kindOf } from '#domain/capacity/rules/rules.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { factsOf } from '#domain/configuration/rule.ts';
import { linesOf } from './metric-lines.ts';
import { graph, heading, type Line, line, type Widget } from './widget.ts';

/** The rows of a group: its capacity, the metrics of its rules with their thresholds, its targets, its cost. */
export const groupWidgets = (group: Group): readonly Widget[] => [
  heading(titleOf(group)),
  capacity(group),
  ...metricsOfRules(group),
  ...targetGroupsOf(group).flatMap(targets),
  ...cost(group),
];

const titleOf = ({ name, autoScalingGroup, runbook }: Group): string => {
  const known = name === autoScalingGroup ? name : `${name} (${autoScalingGroup})`;
  return `## ${known}${runbook === undefined ? '' : ` · [runbook](${runbook})`}`;
};

const ofGroup = (metric: string, { autoScalingGroup }: Group, label: string): Line =>
  line(['AWS/AutoScaling', metric], { AutoScalingGroupName: autoScalingGroup }, { label });

/** Group metrics of Auto Scaling are there once they are enabled for the group. */
const capacity = (group: Group): Widget => {
  const { min, max } = group.capacity;
  return graph({
    title: `${group.name}: capacity`,
    left: 'instances',
    lines: [
      ofGroup('GroupDesiredCapacity', group, 'desired'),
      ofGroup('GroupInServiceInstances', group, 'in service'),
      ofGroup('GroupPendingInstances', group, 'starting'),
      ofGroup('GroupMinSize', group, 'MinSize'),
      ofGroup('GroupMaxSize', group, 'MaxSize'),
    ],
    levels: [
      ...(min === undefined ? [] : [{ label: 'minimum in tidegate.yml', value: min }]),
      ...(max === undefined ? [] : [{ label: 'maximum in tidegate.yml', value: max }]),
    ],
  });
};

/** A graph for each metric that a rule goes by, with the values at which its rules turn. */
const metricsOfRules = (group: Group): readonly Widget[] => {
  const marks = group.rules.flatMap((rule) => kindOf(rule).marks(rule));
  const names = new Set(
    group.rules.flatMap((rule) => {
      const { alarm, metrics } = factsOf(rule);
      return alarm?.kind === 'generated' ? [alarm.condition.metric, ...metrics] : metrics;
    }),
  );
  return [...names].flatMap((name) => {
    const metric = group.metrics[name];
    if (metric === undefined) return [];
    return [
      graph({
        title: `${group.name}: ${name}`,
        periodSeconds: Math.max(60, metric.periodSeconds),
        lines: linesOf(name, metric),
        levels: marks
          .filter((mark) => mark.metric === name)
          .map(({ label, value }) => ({ label, value })),
      }),
    ];
  });
};

/** A target group behind its load balancer, as CloudWatch's dimensions name them. */
type Behind = Readonly<{ targetGroup: string; loadBalancer: string }>;

/** The target groups that are healed, or that metrics of the group are about. */
const targetGroupsOf = ({ health, metrics }: Group): readonly Behind[] => {
  const named = Object.values(metrics)
    .flatMap((metric) => statisticsIn(metric))
    .flatMap(({ dimensions: { TargetGroup, LoadBalancer } }) =>
      TargetGroup === undefined || LoadBalancer === undefined
        ? []
        : [{ targetGroup: TargetGroup, loadBalancer: LoadBalancer }],
    );
  const all = [...(health?.watched ?? []), ...named];
  return [...new Map(all.map((each) => [each.targetGroup, each])).values()];
};

const statisticsIn = (metric: Metric) => {
  if (metric.kind === 'stat') return [metric];
  return metric.kind === 'math' ? Object.values(metric.uses) : [];
};

const targets = ({ targetGroup, loadBalancer }: Behind): readonly Widget[] => {
  const [, name = targetGroup] = targetGroup.split('/');
  const isNetwork = loadBalancer.startsWith('net/');
  const namespace = isNetwork ? 'AWS/NetworkELB' : 'AWS/ApplicationELB';
  const of = (metric: string, options: Readonly<Record<string, string>>): Line =>
    line([namespace, metric], { TargetGroup: targetGroup, LoadBalancer: loadBalancer }, options);
  const demand = isNetwork
    ? [
        of('NewFlowCount', { stat: 'Sum', label: 'new flows' }),
        of('TCP_Target_Reset_Count', { stat: 'Sum', label: 'resets by targets', yAxis: 'right' }),
      ]
    : [
        of('RequestCount', { stat: 'Sum', label: 'requests' }),
        of('HTTPCode_Target_5XX_Count', { stat: 'Sum', label: '5XX of targets', yAxis: 'right' }),
      ];
  const latency = graph({
    title: `${name}: response time`,
    left: 'seconds',
    lines: [
      of('TargetResponseTime', { stat: 'p50', label: 'p50' }),
      of('TargetResponseTime', { stat: 'p95', label: 'p95' }),
    ],
  });
  return [
    graph({
      title: `${name}: demand and errors`,
      left: 'in a minute',
      right: 'errors in a minute',
      lines: demand,
    }),
    ...(isNetwork ? [] : [latency]),
    graph({
      title: `${name}: targets`,
      left: 'targets',
      lines: [
        of('HealthyHostCount', { stat: 'Minimum', label: 'healthy' }),
        of('UnHealthyHostCount', { stat: 'Maximum', label: 'unhealthy' }),
      ],
    }),
  ];
};

/** An hour of the instances that are there, at the price that the file names. */
const cost = (group: Group): readonly Widget[] => {
  const { name, autoScalingGroup, instanceHour } = group;
  if (instanceHour === undefined) return [];
  return [
    graph({
      title: `${name}: cost of an hour`,
      lines: [
        [{ expression: `instances * ${instanceHour}`, label: 'cost of an hour' }],
        line(
          ['AWS/AutoScaling', 'GroupTotalInstances'],
          { AutoScalingGroupName: autoScalingGroup },
          { id: 'instances', visible: false },
        ),
      ],
    }),
  ];
};
