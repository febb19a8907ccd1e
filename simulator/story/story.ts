import type { Configuration } from '#domain/configuration/configuration.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import { createTimeline } from '#simulator/kernel/timeline.ts';
import type { GroupSpec } from '#simulator/services/auto-scaling/fleet.ts';
import { createSteadyNetwork } from '#simulator/services/steady-network.ts';
import { createCloud, kindAnswer, promptMail } from '../cloud.ts';
import { deploy } from '../deploy.ts';
import { createHistory, type HistoryEvent } from '../history.ts';
import { SCENES } from './scenes.ts';
import { createFragileNetwork, createStage } from './stage.ts';

export type Story = Readonly<{
  configuration: Configuration;
  /** The text of a recorded message in `events/`. */
  readEvent: (name: string) => string;
  tell: (event: HistoryEvent) => void;
}>;

/** The outcome of the story. */
export type Ending = Readonly<{ capacity: number; messages: number; deadLetters: number }>;

/** 2026-03-02T09:00:00Z: the day of the recorded messages. */
const START: Instant = 1_772_442_000_000;
const END: Instant = START + 36 * MINUTE_MS;
const LATENCY_MS = 12;

const FLEET: GroupSpec = {
  name: 'web-prod',
  min: 2,
  max: 10,
  desired: 4,
  bootSeconds: () => 90,
  isManaged: true,
  targetGroupArns: [
    'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/73e2d6bc24d8a067',
  ],
};

/** Plays the scenes, one after the other, on a simulated AWS in virtual time. */
export const runStory = async ({ configuration, readEvent, tell }: Story): Promise<Ending> => {
  const timeline = createTimeline(START);
  const history = createHistory();
  const { network, killAt } = createFragileNetwork(createSteadyNetwork(timeline, LATENCY_MS));
  const cloud = createCloud(
    { timeline, history, mail: promptMail, answer: kindAnswer },
    ...([configuration, [FLEET]] as const),
  );
  history.listen(tell);
  deploy(
    {
      timeline,
      history,
      network,
      random: createRandom(1),
      configuration: () => configuration,
      startClock: () => timeline.now,
    },
    cloud,
  );

  const stage = createStage(timeline, cloud, readEvent);
  for (const { at, title, play } of SCENES) {
    timeline.at(START + at * SECOND_MS, () => {
      history.record({ at: timeline.now(), kind: 'world', detail: title });
      play(stage, killAt);
    });
  }
  await timeline.runUntil(END);

  const groups = await cloud.autoScaling.readGroups([FLEET.name]);
  return {
    capacity: groups.get(FLEET.name)?.capacityDesired ?? 0,
    messages: cloud.inbox.received().length,
    deadLetters: Object.values(cloud.queues).flatMap((queue) => queue.deadLetters()).length,
  };
};
