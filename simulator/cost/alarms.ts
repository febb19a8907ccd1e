import type { Configuration } from '#domain/configuration/configuration.ts';
import type { AlarmState } from '#domain/observed/alarm.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { createCloud, kindAnswer, promptMail } from '#simulator/cloud.ts';
import { deploy } from '#simulator/deploy.ts';
import { alarmMessage } from '#simulator/faults/alarm-message.ts';
import { createHistory } from '#simulator/history.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import { createTimeline, type Timeline } from '#simulator/kernel/timeline.ts';
import { createSteadyNetwork } from '#simulator/services/steady-network.ts';
import { parsed } from './fleets.ts';
import { createMeter } from './meter.ts';
import { type Counts, minus, times } from './prices.ts';

/** The effect of a message about an alarm. */
export type AlarmEffect = Readonly<{
  title: string;
  /** The state that the message tells. */
  state: AlarmState;
  /** The largest capacity of the group, which has four instances; its rule adds four. */
  max: number;
}>;

export const EFFECTS = {
  acts: { title: 'a change of the capacity, and news of it', state: 'ALARM', max: 20 },
  isHeld: {
    title: 'nothing, because the group is at its maximum: written down',
    state: 'ALARM',
    max: 4,
  },
  isOver: { title: 'nothing: the alarm is back to OK', state: 'OK', max: 20 },
} as const satisfies Readonly<Record<string, AlarmEffect>>;

/** 2026-03-02T00:00:00Z, a Monday. */
const START = 1_772_409_600_000;
const LATENCY_MS = 12;
/** Between two sweeps: what they do is not counted. */
const COUNTED_FROM = START + 3 * MINUTE_MS + 10 * SECOND_MS;
const COUNTED_TO = START + 3 * MINUTE_MS + 55 * SECOND_MS;

/**
 * Counts what one message costs until all about it is done: the mean of so many alarms that change together, each of a
 * group of its own. Looks of later minutes at a group that changes are the sweep's, and not counted.
 */
export const measureAlarm = async (asked: AskedAlarms): Promise<Counts> => {
  const calm = await countStretch({ ...asked, change: false });
  const busy = await countStretch({ ...asked, change: true });
  return times(minus(busy, calm), 1 / asked.together);
};

export type AskedAlarms = Readonly<{ effect: AlarmEffect; together: number; isTold: boolean }>;

const countStretch = async (
  stretch: AskedAlarms & Readonly<{ change: boolean }>,
): Promise<Counts> => {
  const { effect, change } = stretch;
  const configuration = configurationOf(stretch);
  const timeline = createTimeline(START);
  const meter = createMeter();
  const cloud = deployed(configuration, { timeline, meter });

  await timeline.runUntil(COUNTED_FROM);
  const before = meter.read();
  if (change) {
    for (const { name } of configuration.groups)
      turn(cloud, { name: `${name}-busy`, state: effect.state, at: timeline.now() });
  }
  await timeline.runUntil(COUNTED_TO);
  return minus(meter.read(), before);
};

type World = Readonly<{ timeline: Timeline; meter: ReturnType<typeof createMeter> }>;

const deployed = (configuration: Configuration, { timeline, meter }: World) => {
  const history = createHistory();
  history.listen(meter.listen);
  const cloud = createCloud(
    { timeline, history, mail: promptMail, answer: kindAnswer },
    configuration,
    configuration.groups.map(({ autoScalingGroup }) => ({
      name: autoScalingGroup,
      min: 2,
      max: 20,
      desired: 4,
      bootSeconds: () => 90,
      isManaged: true,
      targetGroupArns: [],
    })),
  );
  meter.onCloud(cloud);
  deploy(
    {
      timeline,
      history,
      random: createRandom(1),
      network: createSteadyNetwork(timeline, LATENCY_MS),
      configuration: () => configuration,
      startClock: () => timeline.now,
    },
    cloud,
  );
  return cloud;
};

const turn = (
  cloud: ReturnType<typeof createCloud>,
  { name, state, at }: Readonly<{ name: string; state: AlarmState; at: Instant }>,
): void => {
  const previousState = state === 'OK' ? 'ALARM' : 'OK';
  cloud.alarms.setState(name, state, 'Threshold Crossed');
  cloud.alarmTopic.publish(alarmMessage('metric', { name, state, previousState, at }));
};

const configurationOf = ({ effect, together, isTold }: AskedAlarms): Configuration => {
  const names = Array.from({ length: together }, (_, index) => `fleet-${index}`);
  const text = ['version: 1', 'groups:', ...names.map((name) => groupText(name, effect.max))];
  if (isTold) text.push('notify:', '  channels: { ops: { slack: ssm:/tidegate/slack-webhook } }');
  return parsed(text.join('\n'));
};

const groupText = (name: string, max: number): string => `  ${name}:
    autoScalingGroup: ${name}-asg
    capacity: { min: 2, max: ${max} }
    rules:
      busy: { when: { alarm: ${name}-busy }, then: add 4 }`;
