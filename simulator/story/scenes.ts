import type { Stage } from './stage.ts';

/** Something that happens to the fleet, or to Tidegate itself. */
export type Scene = Readonly<{
  /** Seconds from the beginning of the story. */
  at: number;
  title: string;
  play: (stage: Stage, killAt: (api: string) => void) => void;
}>;

const minutes = (count: number): number => 60 * count;

/** One morning of a web fleet; times of the first and third scene are those of the recorded messages. */
export const SCENES: readonly Scene[] = [
  {
    at: 12.331,
    title: 'The CPU of four instances is above 70 % for five minutes. CloudWatch says so.',
    play: (stage) => stage.alarm('metric-alarm'),
  },
  {
    at: 13,
    title: 'SNS delivers the same message a second time.',
    play: (stage) => stage.repeat('metric-alarm'),
  },
  {
    at: minutes(7) + 12.329,
    title: 'The alarm clears.',
    play: (stage) => stage.alarm('metric-ok'),
  },
  {
    at: minutes(10) + 21.4,
    title: 'The load falls. The alarm for it fires, but its message is lost on the way.',
    play: (stage) => stage.silently('metric-low-alarm', 'ALARM'),
  },
  {
    at: minutes(14) + 38.1,
    title: 'It clears when the load returns, and that message is lost as well.',
    play: (stage) => stage.silently('metric-low-alarm', 'OK'),
  },
  {
    at: minutes(20) + 12.6,
    title:
      'CPU is high again. This time Lambda kills the function between its plan and its action.',
    play: (stage, killAt) => {
      killAt('SetDesiredCapacity');
      stage.alarm('metric-alarm');
    },
  },
  {
    at: minutes(24) + 9.9,
    title: 'The alarm clears.',
    play: (stage) => stage.alarm('metric-ok'),
  },
  {
    at: minutes(28) + 30,
    title: 'Somebody publishes to the topic what no alarm would say.',
    play: (stage) => stage.publish('{"hello": "world"}'),
  },
  {
    at: minutes(30) + 33.2,
    title: 'The instance i-0004 stops answering its health checks.',
    play: (stage) => {
      stage.fail('i-0004');
      stage.alarm('unhealthy-targets-alarm');
    },
  },
  {
    at: minutes(34) + 41.7,
    title: 'No target is unhealthy any more.',
    play: (stage) => stage.silently('unhealthy-targets-alarm', 'OK'),
  },
];
