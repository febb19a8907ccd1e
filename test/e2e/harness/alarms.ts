import {
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { PublishCommand } from '@aws-sdk/client-sns';
import { ACCOUNT, type Clients } from './clients.ts';

/** CloudWatch's part, which moto leaves out: a state change is published to the alarm's actions. */
export const alarmsOf = (clients: Clients) => {
  const change = async (name: string, state: StateValue): Promise<string> => {
    const before = await describe(clients, name);
    const StateReason = REASONS[state];
    await clients.cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName: name, StateValue: state, StateReason }),
    );
    return textOf(before.StateValue, await describe(clients, name));
  };
  const publish = async (name: string, message: string): Promise<void> => {
    const { AlarmActions = [], OKActions = [] } = await describe(clients, name);
    const isOk = JSON.parse(message).NewStateValue === 'OK';
    for (const TopicArn of isOk ? OKActions : AlarmActions) {
      await clients.sns.send(
        new PublishCommand({ TopicArn, Subject: subjectOf(message), Message: message }),
      );
    }
  };

  return {
    /** The alarm as CloudWatch shows it. */
    describe: (name: string) => describe(clients, name),
    /** Changes the state and tells nobody; the answer is the message that CloudWatch would publish. */
    change,
    publish,
    /** Changes the state and publishes that to the alarm's own actions; answers the message. */
    raise: async (name: string, state: StateValue = 'ALARM'): Promise<string> => {
      const message = await change(name, state);
      await publish(name, message);
      return message;
    },
    /** DisableAlarmActions, which moto does not know: the alarm is put again, without its actions. */
    disableActions: async (name: string): Promise<void> => {
      const { AlarmName, ComparisonOperator, ...alarm } = await describe(clients, name);
      const ActionsEnabled = false;
      await clients.cloudWatch.send(
        new PutMetricAlarmCommand({
          ...({
            ...alarm,
            AlarmName,
            ComparisonOperator,
            ActionsEnabled,
          } as PutMetricAlarmCommandInput),
        }),
      );
    },
  };
};

/** CloudWatch's words for why a state changed. */
export const REASONS: Readonly<Record<StateValue, string>> = {
  ALARM:
    'Threshold Crossed: 1 out of the last 1 datapoints [84.2 (21/11/26 08:00:00)] was greater than ' +
    'the threshold (70.0) (minimum 1 datapoint for OK -> ALARM transition).',
  OK:
    'Threshold Crossed: 1 out of the last 1 datapoints [41.7 (21/11/26 08:05:00)] was not greater ' +
    'than the threshold (70.0) (minimum 1 datapoint for ALARM -> OK transition).',
  INSUFFICIENT_DATA: 'Insufficient Data: 1 datapoint was unknown.',
};

const describe = async ({ cloudWatch }: Clients, name: string): Promise<MetricAlarm> => {
  const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  const alarm = MetricAlarms?.[0];
  if (alarm === undefined) throw new Error(`the stack has no alarm named ${name}`);
  return alarm;
};

/** The subject of the mail that the topic would send. */
export const subjectOf = (message: string): string => {
  const { NewStateValue, AlarmName } = JSON.parse(message);
  return `${NewStateValue}: "${AlarmName}" in US East (N. Virginia)`.slice(0, 99);
};

/** The message that CloudWatch publishes when a metric alarm has come from another state. */
export const textOf = (before: StateValue | undefined, alarm: MetricAlarm): string =>
  JSON.stringify(messageOf(before, alarm));

/** Field for field what CloudWatch publishes for a metric alarm. */
const messageOf = (OldStateValue: StateValue | undefined, alarm: MetricAlarm) => ({
  AlarmName: alarm.AlarmName,
  AlarmDescription: alarm.AlarmDescription ?? null,
  AWSAccountId: ACCOUNT,
  AlarmConfigurationUpdatedTimestamp: timestamp(alarm.AlarmConfigurationUpdatedTimestamp),
  NewStateValue: alarm.StateValue,
  NewStateReason: alarm.StateReason,
  StateChangeTime: timestamp(alarm.StateUpdatedTimestamp),
  Region: 'US East (N. Virginia)',
  AlarmArn: alarm.AlarmArn,
  OldStateValue,
  OKActions: alarm.OKActions,
  AlarmActions: alarm.AlarmActions,
  InsufficientDataActions: alarm.InsufficientDataActions,
  Trigger: {
    MetricName: alarm.MetricName,
    Namespace: alarm.Namespace,
    StatisticType: 'Statistic',
    Statistic: alarm.Statistic?.toUpperCase(),
    Unit: null,
    Dimensions: (alarm.Dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name })),
    Period: alarm.Period,
    EvaluationPeriods: alarm.EvaluationPeriods,
    DatapointsToAlarm: alarm.DatapointsToAlarm,
    ComparisonOperator: alarm.ComparisonOperator,
    Threshold: alarm.Threshold,
    TreatMissingData: alarm.TreatMissingData ?? '',
    EvaluateLowSampleCountPercentile: '',
  },
});

/** CloudWatch writes the offset without a colon. */
const timestamp = (date: Date | undefined): string =>
  (date ?? new Date()).toISOString().replace('Z', '+0000');
