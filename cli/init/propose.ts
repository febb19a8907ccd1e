import type { SurveyedGroup } from '#aws/survey/survey.ts';
import type {
  ImportedMetric,
  ImportedPace,
  ImportedRule,
  Translation,
} from '#parse/import/translation.ts';
import { type GroupKind, kindOf } from './group-kind.ts';
import { healthOf } from './health.ts';
import type { Busiest, Measured } from './measure.ts';

/** Rules for a group by what it is and what its instances carried; all of them in shadow. */
export const propose = (group: SurveyedGroup, measured: Measured): Translation => {
  const health = healthOf(group);
  return {
    target: { name: group.autoScalingGroup, autoScalingGroup: group.autoScalingGroup },
    bounds: { min: group.min, max: group.max },
    rules: [...rulesFor(group, measured)],
    paces: [warmupOf(group, measured), ...PACES],
    ...(health === undefined ? {} : { health }),
  };
};

const rulesFor = (group: SurveyedGroup, measured: Measured): readonly ImportedRule[] => {
  const { busiest } = measured;
  const kind = kindOf(group);
  const load = busiest.perInstance;
  if (kind === 'queue') return [queueRule(group, measured)];
  if (load === undefined || kind === 'cpu') return [cpuRule(kind, measured)];

  const [metric, what] =
    kind === 'requests' ? [requestsOf(group), 'requests'] : [flowsOf(group), 'new connections'];
  const target = roomFor(busiest, load);
  return [
    rule('load', {
      metrics: [metric],
      write: ([name]) => ({
        track: name,
        target: `${target}rps per unit`,
        onMissing: 'ignore',
      }),
      comments: [
        `At its busiest an instance took ${figure(load)} ${what} a second${atCpu(busiest)}. ` +
          `${target} leaves room for what comes while another one boots.`,
      ],
    }),
    rule('idle', {
      metrics: [cpuOf(measured)],
      // biome-ignore lint/suspicious/noThenProperty: a rule's own key, and nobody awaits it.
      write: ([name]) => ({ when: `${name} < 5 for 15m`, then: 'remove 1' }),
      comments: [
        'A load balancer reports nothing in a minute without requests; CPU is always there.',
      ],
    }),
  ];
};

/** Five sixths of what an instance carried; less where that took more of its CPU than is good for it. */
const roomFor = ({ cpu = 0 }: Busiest, load: number): string =>
  figure((load * ROOM * GOOD_CPU) / Math.max(GOOD_CPU, cpu));

const ROOM = 5 / 6;
/** Percent of CPU at which answers are not yet slow. */
const GOOD_CPU = 70;

const atCpu = ({ cpu }: Busiest): string =>
  cpu === undefined ? '' : `, with ${Math.round(cpu)} % of its CPU`;

const cpuOf = ({ isBasic }: Measured): ImportedMetric =>
  isBasic
    ? {
        name: 'cpu',
        definition: { preset: 'asg-cpu', period: '5m' },
        comments: [
          'EC2 reports the CPU of its instances every five minutes. With detailed monitoring it is every minute: take period away then.',
        ],
      }
    : { name: 'cpu', definition: { preset: 'asg-cpu' } };

const requestsOf = ({ servedBy }: SurveyedGroup): ImportedMetric => {
  const balancers = servedBy.filter(({ loadBalancer }) => loadBalancer.startsWith('app/'));
  const [only, ...others] = balancers;
  if (only !== undefined && others.length === 0) {
    return { name: 'requests', definition: { preset: 'alb-requests', ...only } };
  }
  const named = balancers.map(
    ({ loadBalancer, targetGroup }, place) =>
      [
        `r${place + 1}`,
        {
          namespace: 'AWS/ApplicationELB',
          metric: 'RequestCount',
          dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
          statistic: 'Sum',
        },
      ] as const,
  );
  return {
    name: 'requests',
    definition: {
      expression: named.map(([name]) => `FILL(${name}, 0)`).join(' + '),
      uses: Object.fromEntries(named),
    },
  };
};

const flowsOf = ({ servedBy }: SurveyedGroup): ImportedMetric => {
  const found = servedBy.find(({ loadBalancer }) => loadBalancer.startsWith('net/'));
  return {
    name: 'connections',
    definition: { preset: 'nlb-flows', loadBalancer: found?.loadBalancer ?? '' },
  };
};

/** A message that came last waits about so long, in minutes. */
const WAIT_MINUTES = 5;
/** Messages for each worker where nobody knows what one does. */
const UNKNOWN_BACKLOG = 100;

const queueRule = ({ queues }: SurveyedGroup, { busiest, days }: Measured): ImportedRule => {
  const perMinute = busiest.perInstance === undefined ? undefined : busiest.perInstance * 60;
  const target = perMinute === undefined ? UNKNOWN_BACKLOG : perMinute * WAIT_MINUTES;
  return rule('work', {
    metrics: [workIn(queues)],
    write: ([name]) => ({ track: name, target: `${figure(Math.max(1, target))} per unit` }),
    comments: [
      perMinute === undefined
        ? `Nothing says how many messages one instance does; ${UNKNOWN_BACKLOG} is a guess.`
        : `At its busiest in ${days} days an instance did ${figure(perMinute)} messages a minute; so the last one waits about ${WAIT_MINUTES} minutes.`,
    ],
  });
};

/** Messages that wait, and those that a worker has in hand: an empty queue may have busy workers. */
const workIn = (queues: readonly string[]): ImportedMetric => {
  const parts = queues.flatMap((queue, place) =>
    (
      [
        [`waiting${place + 1}`, 'ApproximateNumberOfMessagesVisible'],
        [`inhand${place + 1}`, 'ApproximateNumberOfMessagesNotVisible'],
      ] as const
    ).map(
      ([name, metric]) =>
        [
          name,
          {
            namespace: 'AWS/SQS',
            metric,
            dimensions: { QueueName: queue },
            statistic: 'Maximum',
          },
        ] as const,
    ),
  );
  return {
    name: 'work',
    definition: {
      expression: parts.map(([name]) => name).join(' + '),
      uses: Object.fromEntries(parts),
    },
    comments: ['Messages that wait, and those that a worker has in hand.'],
  };
};

const USUAL_CPU = 60;

const cpuRule = (kind: GroupKind, measured: Measured): ImportedRule => {
  const { days, busiest } = measured;
  const { cpu } = busiest;
  const target = cpu === undefined ? USUAL_CPU : Math.round(Math.min(65, Math.max(30, cpu * ROOM)));
  return rule('load', {
    metrics: [cpuOf(measured)],
    write: ([name]) => ({ track: name, target }),
    comments: [
      cpu === undefined
        ? `CloudWatch has too little of its CPU; ${USUAL_CPU} is a guess.`
        : `In its busiest hours of ${days} days the CPU was at ${Math.round(cpu)} %.`,
      `${whyNoDemand(kind)} A metric that counts what comes is better than CPU, which is full in a crowd and says no more.`,
    ],
  });
};

const whyNoDemand = (kind: GroupKind): string => {
  if (kind === 'requests' || kind === 'flows') {
    const what = kind === 'requests' ? 'requests' : 'connections';
    return (
      `Its load balancer has counted too few ${what} to say what one instance carries: less than half a day. ` +
      'When there are more, npx tidegate init follows them.'
    );
  }
  return (
    'Nothing was found that counts what comes to the group: no load balancer, and no queue in its policies. ' +
    'If it works on a queue, npx tidegate init --queue GROUP=QUEUE follows that.'
  );
};

type Parts = Pick<ImportedRule, 'metrics' | 'write' | 'comments'>;

const rule = (name: string, parts: Parts): ImportedRule => ({
  name,
  file: 'tidegate.yml',
  about: name,
  isShadow: true,
  ...parts,
});

/** Launches of the group that took this share of its boot times say when a new instance counts. */
const warmupOf = ({ warmupSeconds }: SurveyedGroup, { boot, days }: Measured): ImportedPace => {
  if (boot !== undefined) {
    const because = `Nine of ten of its ${boot.launches} launches in ${days} days were in service within ${Math.round(boot.p90)} s.`;
    return { key: 'warmup', value: Math.ceil(boot.p90 / 30) * 30, because };
  }
  return warmupSeconds === undefined
    ? {
        key: 'warmup',
        value: 180,
        because: 'Too few launches to measure; three minutes are a guess.',
      }
    : { key: 'warmup', value: warmupSeconds, because: 'DefaultInstanceWarmup of the group.' };
};

const PACES: readonly ImportedPace[] = [
  {
    side: 'scaleIn',
    key: 'stabilize',
    value: 480,
    because: 'Instances go when the load has been lower for eight minutes.',
  },
];

/** Three digits that mean something. */
const figure = (value: number): string => String(Number(value.toPrecision(3)));
