import {
  at,
  type Check,
  type CompiledTemplate,
  idIn,
  list,
  resourcesOf,
} from './compiled-template.ts';
import { functionsOf } from './function-checks.ts';

type AlarmView = Readonly<{
  id: string;
  properties: Record<string, unknown>;
  actions: readonly string[];
  /** Metric and resource, such as `Errors of ScaleLambdaFunction`. */
  subject: string;
}>;

const alarmsOf = (template: CompiledTemplate): readonly AlarmView[] =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => ({
    id,
    properties: Properties,
    actions: list(Properties.AlarmActions).map(idIn),
    subject: `${Properties.MetricName} of ${idIn(at(Properties.Dimensions, 0, 'Value'))}`,
  }));

const isOwn = ({ properties, subject }: AlarmView): boolean =>
  properties.Namespace === 'Tidegate' || !/ of (undefined|null)$/.test(subject);

/** The alarms without which trouble with Tidegate itself would go unnoticed. */
const wantedSubjects = (template: CompiledTemplate): readonly string[] => [
  ...resourcesOf(template, 'AWS::SQS::Queue').map(([id, { Properties }]) =>
    Properties.RedrivePolicy === undefined
      ? `ApproximateNumberOfMessagesVisible of ${id}`
      : `ApproximateAgeOfOldestMessage of ${id}`,
  ),
  ...functionsOf(template).flatMap(([id]) => [`Errors of ${id}`, `Throttles of ${id}`]),
];

/** Of each metric, the value above which somebody must know; a smaller one is as good. */
const THRESHOLDS: Readonly<Record<string, number>> = {
  'ApproximateAgeOfOldestMessage of ScaleQueue': 120,
  'ApproximateAgeOfOldestMessage of HealQueue': 120,
  'ApproximateAgeOfOldestMessage of NotifyQueue': 900,
  'ApproximateAgeOfOldestMessage of EventsQueue': 900,
  'ApproximateAgeOfOldestMessage of SweepQueue': 120,
};

const COUNTED = ['MissedNotifications', 'NoticesLost', 'TellingFailed'];

export const alarmChecks: readonly Check[] = [
  {
    name: 'every alarm tells the same topic when it fires and when it clears',
    problemsIn: (template) =>
      alarmsOf(template)
        .filter(
          ({ properties, actions }) =>
            actions.length !== 1 ||
            JSON.stringify(properties.OKActions) !== JSON.stringify(properties.AlarmActions),
        )
        .map(({ id }) => `${id} is silent when it fires or clears`),
  },
  {
    name: 'rules are alarms that wake the functions, and missing data does not hide in them',
    problemsIn: (template) =>
      alarmsOf(template)
        .filter((alarm) => !isOwn(alarm))
        .filter(
          ({ properties, actions }) =>
            actions[0] !== 'AlarmTopic' ||
            properties.TreatMissingData !== 'missing' ||
            typeof properties.AlarmName !== 'string' ||
            !/Tidegate manages this alarm/.test(String(properties.AlarmDescription)),
        )
        .map(({ id }) => `${id} does not serve its rule`),
  },
  {
    name: "Tidegate's own alarms never wake its functions",
    problemsIn: (template) =>
      alarmsOf(template)
        .filter(isOwn)
        .filter(({ actions }) => actions[0] !== 'OperationsTopic')
        .map(({ id }) => `${id} does not speak on the operations topic`),
  },
  {
    name: 'every queue and every function is watched',
    problemsIn: (template) =>
      wantedSubjects(template)
        .filter(
          (subject) =>
            !alarmsOf(template).some(
              ({ subject: found, properties }) =>
                found === subject &&
                Number(properties.Threshold) <= (THRESHOLDS[subject] ?? 0) &&
                properties.ComparisonOperator === 'GreaterThanThreshold',
            ),
        )
        .map((subject) => `nobody watches the ${subject}`),
  },
  {
    name: 'a sweep that stops is noticed within three minutes',
    problemsIn: (template) =>
      alarmsOf(template).some(
        ({ subject, properties }) =>
          subject === 'Invocations of SweepLambdaFunction' &&
          properties.ComparisonOperator === 'LessThanThreshold' &&
          properties.Threshold === 1 &&
          Number(properties.Period) * Number(properties.EvaluationPeriods) <= 180 &&
          properties.TreatMissingData === 'breaching',
      )
        ? []
        : ['a sweep that stops goes unnoticed'],
  },
  {
    name: 'what the functions count is watched under the dimensions that they write',
    problemsIn: (template) => {
      const [, sweep] = functionsOf(template).find(([id]) => id === 'SweepLambdaFunction') ?? [];
      const variables = at(sweep, 'Properties', 'Environment', 'Variables');
      const service = { Name: 'service', Value: at(variables, 'POWERTOOLS_SERVICE_NAME') };
      return COUNTED.filter(
        (metric) =>
          !alarmsOf(template).some(
            ({ properties }) =>
              properties.MetricName === metric &&
              properties.Namespace === at(variables, 'POWERTOOLS_METRICS_NAMESPACE') &&
              properties.Statistic === 'Sum' &&
              properties.Threshold === 0 &&
              JSON.stringify(properties.Dimensions) === JSON.stringify([service]),
          ),
      ).map((metric) => `no alarm reads the metric ${metric} as it is written`);
    },
  },
];
