import type { SQSEvent } from 'aws-lambda';
import type { SweepSizes } from '#app/sweep/sweep.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Cloud } from './cloud.ts';
import { healCode } from './functions/heal.ts';
import { notifyCode } from './functions/notify.ts';
import { scaleCode } from './functions/scale.ts';
import { sweepCode } from './functions/sweep.ts';
import type { FunctionName } from './history.ts';
import type { Timeline } from './kernel/timeline.ts';
import { connect } from './services/event-source.ts';
import { createFunction } from './services/lambda.ts';
import type { Code, LambdaWorld } from './services/runtime.ts';

type Settings = Readonly<{
  /** Counts the runs of the sweep in a minute: one, but for faults. */
  ticks?: () => number;
  /** So many groups an invocation of the sweep looks at, and the targets of so many members. */
  sizes?: SweepSizes;
}>;

/** Connects the functions to their queues and starts the minutely sweep, as serverless.yml says. */
export const deploy = (
  world: LambdaWorld,
  cloud: Cloud,
  { ticks = () => 1, sizes = {} }: Settings = {},
): void => {
  const functionOf = <E, R>(name: FunctionName, code: Code<E, R>) =>
    createFunction(world, { name, timeoutSeconds: name === 'sweep' ? 60 : 30, code });
  const { scale, heal, notify } = cloud.queues;

  connect(scale, functionOf('scale', scaleCode(cloud)), { batchSize: 10, maximumConcurrency: 5 });
  connect(heal, functionOf('heal', healCode(cloud)), { batchSize: 10, maximumConcurrency: 2 });
  connect(notify, functionOf('notify', notifyCode(cloud)), {
    batchSize: 10,
    maximumConcurrency: 2,
  });
  const sweep = functionOf('sweep', sweepCode(cloud, sizes));
  const lookAtShard = async (event: SQSEvent) => (await sweep(event)) ?? { batchItemFailures: [] };
  connect(cloud.queues.sweep, lookAtShard, { batchSize: 1, maximumConcurrency: 4 });
  everyMinute(world.timeline, { ticks, invoke: sweep });
};

/** An EventBridge schedule that invokes asynchronously and, as deployed, does not retry. */
const everyMinute = (timeline: Timeline, schedule: Schedule): void => {
  timeline.at(timeline.now() + MINUTE_MS, () => {
    for (let tick = schedule.ticks(); tick > 0; tick -= 1) {
      schedule.invoke(undefined).catch(() => undefined);
    }
    everyMinute(timeline, schedule);
  });
};

type Schedule = Readonly<{
  ticks: () => number;
  invoke: (event: undefined) => Promise<unknown>;
}>;
