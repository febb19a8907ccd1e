import type { AlarmState } from '#domain/observed/alarm.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';

/** The text in fields that nobody reads; it must never be seen again. */
export const CANARY = 'canary-5f1e9c';

export type StateChange = Readonly<{
  name: string;
  state: AlarmState;
  previousState: AlarmState;
  at: Instant;
}>;

/** The shapes in which a state change is announced. */
export const SHAPES = ['metric', 'composite', 'without-arn', 'bridge'] as const;
export type Shape = (typeof SHAPES)[number];

/** The message about a state change, as CloudWatch or EventBridge would write it. */
export const alarmMessage = (shape: Shape, change: StateChange): string =>
  JSON.stringify(shape === 'bridge' ? bridgeEvent(change) : notification(shape, change));

const arnOf = (name: string): string => `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`;

const notification = (shape: Shape, { name, state, previousState, at }: StateChange) => ({
  AlarmName: name,
  AlarmDescription: null,
  AWSAccountId: '123456789012',
  NewStateValue: state,
  NewStateReason: `Threshold Crossed: [84.2 (${isoTime(at)})] was greater than the threshold`,
  StateChangeTime: isoTime(at).replace('Z', '+0000'),
  Region: 'US East (N. Virginia)',
  ...(shape === 'without-arn' ? {} : { AlarmArn: arnOf(name) }),
  OldStateValue: previousState,
  LogLines: [CANARY],
  ...(shape === 'composite'
    ? { AlarmRule: 'ALARM(a) OR ALARM(b)' }
    : { Trigger: { MetricName: 'CPUUtilization', Threshold: 70, Unit: null, Owner: CANARY } }),
});

const bridgeEvent = ({ name, state, previousState, at }: StateChange) => ({
  version: '0',
  id: `${name}-${at}`,
  'detail-type': 'CloudWatch Alarm State Change',
  source: 'aws.cloudwatch',
  account: '123456789012',
  time: isoTime(at),
  region: 'us-east-1',
  resources: [arnOf(name)],
  detail: {
    alarmName: name,
    state: { value: state, reason: 'Threshold Crossed', timestamp: isoTime(at), secret: CANARY },
    previousState: { value: previousState, timestamp: isoTime(at) },
  },
});
