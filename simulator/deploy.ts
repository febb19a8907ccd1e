import type { Configuration } from '../shared/domain/configuration.ts';
import { type Instant, SECOND_MS } from '../shared/domain/instant.ts';
import type { Note } from '../shared/domain/note.ts';
import { type Cloud, createCloud } from './cloud.ts';
import type { Deployed } from './functions/deployed.ts';
import { healCode } from './functions/heal.ts';
import { notifyCode } from './functions/notify.ts';
import { scaleCode } from './functions/scale.ts';
import { sweepCode } from './functions/sweep.ts';
import { createRandom } from './kernel/random.ts';
import type { Timeline } from './kernel/timeline.ts';
import type { GroupSpec } from './services/auto-scaling.ts';
import { connect } from './services/event-source.ts';
import { createFunction, type Network } from './services/lambda.ts';

export type FunctionName = 'scale' | 'heal' | 'notify' | 'sweep';

export type Deployment = Readonly<{
  configuration: Configuration;
  groups: readonly GroupSpec[];
  network: Network;
  seed: number;
  /** Gets whatever a function notes. */
  onNote: (functionName: FunctionName, note: Note) => void;
}>;

/** Builds the cloud, connects the functions to their queues, and starts the minutely sweep. */
export const deploy = (
  timeline: Timeline,
  { configuration, groups, network, seed, onNote }: Deployment,
): Cloud => {
  const cloud = createCloud(timeline, configuration, groups);
  const random = createRandom(seed);
  const standingOf = (name: FunctionName): Deployed => ({
    ...{ cloud, configuration, random, now: timeline.now },
    note: (note) => onNote(name, note),
  });
  const deployFunction = <E, R>(name: FunctionName, codeOf: CodeOf<E, R>) =>
    createFunction(timeline, network, { name, timeoutSeconds: 30, code: codeOf(standingOf(name)) });

  const { queues } = cloud;
  connect(queues.scale, deployFunction('scale', scaleCode), {
    batchSize: 10,
    maximumConcurrency: 5,
  });
  connect(queues.heal, deployFunction('heal', healCode), { batchSize: 10, maximumConcurrency: 2 });
  connect(queues.notify, deployFunction('notify', notifyCode), {
    batchSize: 10,
    maximumConcurrency: 2,
  });
  everyMinute(timeline, timeline.now(), deployFunction('sweep', sweepCode));
  return cloud;
};

type CodeOf<E, R> = (deployed: Deployed) => Parameters<typeof createFunction<E, R>>[2]['code'];

/** An EventBridge schedule that invokes asynchronously and, as deployed, does not retry. */
const everyMinute = (
  timeline: Timeline,
  from: Instant,
  invoke: (event: undefined) => Promise<unknown>,
): void => {
  const at = from + 60 * SECOND_MS;
  timeline.at(at, () => {
    invoke(undefined).catch(() => undefined);
    everyMinute(timeline, at, invoke);
  });
};
