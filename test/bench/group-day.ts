import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { createCloud, kindAnswer, promptMail } from '#simulator/cloud.ts';
import { deploy } from '#simulator/deploy.ts';
import { createHistory } from '#simulator/history.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import { createTimeline } from '#simulator/kernel/timeline.ts';
import { createSteadyNetwork } from '#simulator/services/steady-network.ts';

const FILE = join(import.meta.dirname, '../../simulator/story/tidegate.yml');
const DAY_MS = 1_440 * MINUTE_MS;
const ROUNDS = 31;

export type GroupDays = Readonly<{ first: number; median: number }>;

/** Milliseconds that a day of one group takes in the simulator, with a sweep every minute. */
export const measureGroupDay = async (): Promise<GroupDays> => {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await runDay());
  const sorted = times.toSorted((a, b) => a - b);
  return { first: times[0] ?? 0, median: sorted[Math.floor(ROUNDS / 2)] ?? 0 };
};

const runDay = async (): Promise<number> => {
  const parsed = parseConfiguration(readFileSync(FILE, 'utf8'), { file: FILE, prefix: 'bench' });
  if (!parsed.ok) throw new Error('the configuration of the bench has problems');
  const configuration = parsed.value;
  const timeline = createTimeline(0);
  const history = createHistory();
  const cloud = createCloud(
    { timeline, history, mail: promptMail, answer: kindAnswer },
    configuration,
    configuration.groups.map(({ autoScalingGroup }) => ({
      name: autoScalingGroup,
      min: 2,
      max: 10,
      desired: 4,
      isManaged: true,
      bootSeconds: () => 60,
      targetGroupArns: [],
    })),
  );
  deploy(
    {
      timeline,
      history,
      network: createSteadyNetwork(timeline, 0),
      random: createRandom(1),
      configuration: () => configuration,
      startClock: () => timeline.now,
    },
    cloud,
  );

  const started = performance.now();
  await timeline.runUntil(DAY_MS);
  return performance.now() - started;
};
