import type {
  ImportedMetric,
  ImportedRule,
  ImportNote,
  ImportTarget,
  Translation,
} from '../translation.ts';
import { pacesOfBehavior } from './behavior-of.ts';
import { readQuantity } from './quantity.ts';
import type { HpaDocument, HpaMetric } from './schemas.ts';

/** A HorizontalPodAutoscaler as rules for an Auto Scaling group of instances, one for each replica. */
export const translateHpa = ({ metadata, spec }: HpaDocument, file: string): Translation => {
  const name = spec.scaleTargetRef.name ?? metadata.name ?? 'hpa';
  const metrics: readonly HpaMetric[] = [...spec.metrics, ...ofVersion1(spec)];
  const made = metrics.map((metric) => ofMetric(metric, file));
  return {
    target: guessedTarget(name, `what the HPA ${metadata.name ?? name} scales`),
    bounds: { min: spec.minReplicas, max: spec.maxReplicas },
    rules: made.flatMap(({ rules }) => rules),
    paces: pacesOfBehavior(spec.behavior ?? {}),
    notes: made.flatMap(({ notes }) => notes),
  };
};

/** A target whose Auto Scaling group is not known: Kubernetes and Nomad scale something else. */
export const guessedTarget = (name: string, what: string): ImportTarget => ({
  name,
  autoScalingGroup: name,
  assumed: `The name of ${what}; the Auto Scaling group has perhaps another: --asg NAME.`,
});

const ofVersion1 = ({
  targetCPUUtilizationPercentage: averageUtilization,
}: HpaDocument['spec']): readonly HpaMetric[] =>
  averageUtilization === undefined
    ? []
    : [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
        },
      ];

export type MetricRules = Readonly<{
  rules: readonly ImportedRule[];
  notes: readonly ImportNote[];
}>;

const ofMetric = (metric: HpaMetric, file: string): MetricRules => {
  const { resource } = metric;
  if (resource?.name === 'cpu') return ofCpu(resource.target, file);
  if (resource?.name === 'memory') {
    return memoryOf({ file, about: 'memory', target: resource.target.averageUtilization });
  }
  const { name, why } = unreachable(metric);
  return { rules: [], notes: [metricLeftOut({ file, about: name, why })] };
};

type ResourceTarget = NonNullable<HpaMetric['resource']>['target'];

const ofCpu = ({ averageUtilization, averageValue }: ResourceTarget, file: string): MetricRules => {
  if (averageUtilization !== undefined) {
    return cpuOf({ file, about: 'cpu', target: averageUtilization });
  }
  const cores = readQuantity(averageValue) ?? 'so many';
  const why = `${cores} cores are as many percent of an instance as it has cores: write { track: cpu, target: PERCENT }`;
  return {
    rules: [],
    notes: [metricLeftOut({ file, about: 'cpu', why, message: 'a target in cores has no equal' })],
  };
};

type ResourceRule = Readonly<{ file: string; about: string; target: number | undefined }>;

/** The CPU of the group at a target in percent of the instances, which pods have of their requests. */
export const cpuOf = (rule: ResourceRule): MetricRules =>
  resourceOf(rule, {
    metric: { name: 'cpu', definition: { preset: 'asg-cpu' } },
    comment: OF_INSTANCES,
    isShadow: false,
  });

const OF_INSTANCES = 'The percentage was of what was requested; here it is of the instances.';

/** The memory of the group; EC2 has no such metric, and the CloudWatch agent publishes it. */
export const memoryOf = (rule: ResourceRule): MetricRules =>
  resourceOf(rule, {
    metric: {
      name: 'memory',
      definition: {
        namespace: 'CWAgent',
        metric: 'mem_used_percent',
        statistic: 'Average',
      },
      comments: [
        'EC2 has no metric of memory: let the CloudWatch agent publish it, aggregated by the group, and add dimensions: { AutoScalingGroupName: NAME }.',
      ],
    },
    comment: `${OF_INSTANCES} In shadow until the metric is there.`,
    isShadow: true,
  });

type ResourceMetric = Readonly<{ metric: ImportedMetric; comment: string; isShadow: boolean }>;

const resourceOf = (
  { file, about, target }: ResourceRule,
  { metric, comment, isShadow }: ResourceMetric,
): MetricRules =>
  target === undefined
    ? {
        rules: [],
        notes: [
          metricLeftOut({ file, about, why: NO_PERCENT, message: 'it has no target in percent' }),
        ],
      }
    : {
        rules: [
          {
            name: about,
            file,
            about,
            metrics: [metric],
            write: ([track]) => ({ track, target }),
            comments: [comment],
            isShadow,
          },
        ],
        notes: [],
      };

const NO_PERCENT =
  'the CPU and the memory of a group are percentages: write { track: NAME, target: PERCENT }';

/** A note that a metric was left out. */
export const metricLeftOut = ({
  message = 'the metric has no equal',
  ...note
}: Pick<ImportNote, 'file' | 'about' | 'why'> & Readonly<{ message?: string }>): ImportNote => ({
  kind: 'left-out',
  ...note,
  message,
});

/** The name of a metric that only Kubernetes can read, and the way to have it. */
const unreachable = (metric: HpaMetric): Readonly<{ name: string; why: string }> => {
  const { type, pods, object, external, resource, containerResource } = metric;
  const selected = pods ?? object ?? external;
  if (selected !== undefined) {
    const { name } = selected.metric;
    const { averageValue, value } = selected.target;
    const target = averageValue === undefined ? value : `${averageValue} per unit`;
    return {
      name,
      why: `a metric of type ${type} comes from an adapter in the cluster: publish it to CloudWatch, and write { track: NAME, target: ${target} }`,
    };
  }
  const { name } = resource ?? containerResource ?? { name: type };
  return {
    name,
    why: `a metric of type ${type} is measured in pods, and CloudWatch has none of it for a group of instances`,
  };
};
