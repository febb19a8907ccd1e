import type { Configuration } from '../../shared/domain/configuration.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../../shared/domain/instant.ts';
import type { Note } from '../../shared/domain/note.ts';
import { deploy, type FunctionName } from '../deploy.ts';
import { createTimeline } from '../kernel/timeline.ts';
import type { GroupSpec } from '../services/auto-scaling.ts';
import type { Received } from '../services/inbox.ts';
import { SCENES } from './scenes.ts';
import { createFragileNetwork, createStage } from './stage.ts';

/** Something that happened, and when. */
export type Happening = Readonly<{ at: Instant }> &
  (
    | Readonly<{ kind: 'scene'; title: string }>
    | Readonly<{ kind: 'note'; functionName: FunctionName; note: Note }>
    | Readonly<{ kind: 'message'; received: Received }>
  );

export type Story = Readonly<{
  configuration: Configuration;
  /** The text of a recorded message in `events/`. */
  readEvent: (name: string) => string;
  tell: (happening: Happening) => void;
}>;

/** What is left when the story is over. */
export type Ending = Readonly<{ capacity: number; messages: number; deadLetters: number }>;

/** 2026-03-02T09:00:00Z: the day of the recorded messages. */
const START: Instant = 1_772_442_000_000;
const END: Instant = START + 36 * MINUTE_MS;
const LATENCY_MS = 12;

const FLEET: GroupSpec = {
  ...{ name: 'web-prod', min: 2, max: 10, desired: 4, bootSeconds: 90, isManaged: true },
  targetGroupArns: [
    'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/73e2d6bc24d8a067',
  ],
};

/** Plays the scenes, one after the other, on a simulated AWS in virtual time. */
export const runStory = async ({ configuration, readEvent, tell }: Story): Promise<Ending> => {
  const timeline = createTimeline(START);
  const { network, killAt } = createFragileNetwork(LATENCY_MS);
  const now = () => ({ at: timeline.now() });
  const cloud = deploy(timeline, {
    ...{ configuration, network, groups: [FLEET], seed: 1 },
    onNote: (functionName, note) => tell({ ...now(), kind: 'note', functionName, note }),
  });
  cloud.inbox.onMessage((received) => tell({ ...now(), kind: 'message', received }));

  const stage = createStage(timeline, cloud, readEvent);
  for (const { at, title, play } of SCENES) {
    timeline.at(START + at * SECOND_MS, () => {
      tell({ ...now(), kind: 'scene', title });
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
