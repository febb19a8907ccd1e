import { setImmediate } from 'node:timers/promises';
import type { Account } from '#cli/terminal.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { createCloud, kindAnswer, promptMail } from '#simulator/cloud.ts';
import { deploy } from '#simulator/deploy.ts';
import { createHistory, type HistoryEvent } from '#simulator/history.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import { createTimeline } from '#simulator/kernel/timeline.ts';
import type { GroupSpec } from '#simulator/services/auto-scaling/fleet.ts';
import { createSteadyNetwork } from '#simulator/services/steady-network.ts';
import { runCli } from '#test/cli/run-cli.ts';
import { NOON, seconds } from './builders.ts';
import { simulatedAccount } from './simulated-account.ts';

export type StageChange = Readonly<{
  /** The rules that are deployed. */
  deployed?: string;
  isDown?: boolean;
  isListed?: boolean;
  /** The group, where it differs from one with four instances that boot in a minute. */
  spec?: Partial<GroupSpec>;
  /** Calls of the account, where they differ from those of the simulated cloud. */
  account?: Partial<Account>;
  /** Called at each wait of the command; false ends the command, as Ctrl-C does. */
  meanwhile?: () => boolean;
}>;

/**
 * A deployment in a simulated cloud, and the command beside it, run in a folder with a tidegate.yml; virtual time passes
 * while the command waits.
 */
export const stageIn = async (folder: string, change: StageChange & { deployed: string }) => {
  const { deployed, isDown = false, isListed = true, meanwhile = () => true } = change;
  const parsed = parseConfiguration(deployed, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
  const configuration = parsed.value;
  const timeline = createTimeline(NOON);
  const history = createHistory();
  const events: HistoryEvent[] = [];
  history.listen((event) => events.push(event));
  const answer = () => (isDown ? ({ kind: 'failed', detail: 'no' } as const) : kindAnswer());
  const usual = { name: 'web-prod', min: 2, max: 10, desired: 4, bootSeconds: () => 60 };
  const cloud = createCloud({ timeline, history, mail: promptMail, answer }, configuration, [
    { ...usual, isManaged: true, targetGroupArns: [], ...change.spec },
  ]);
  const network = createSteadyNetwork(timeline, 10);
  const world = { timeline, history, network, random: createRandom(1) };
  deploy({ ...world, configuration: () => configuration, startClock: () => timeline.now }, cloud);
  await timeline.runUntil(NOON + seconds(5));

  const account: Account = {
    ...simulatedAccount(cloud, timeline.now),
    ...(isListed ? {} : { deployment: () => Promise.reject(new Error('no stack is listed')) }),
    ...change.account,
  };
  const run = (...args: string[]) =>
    runCli(args, {
      cwd: folder,
      account,
      now: timeline.now,
      wait: async (waited) => {
        await timeline.runUntil(timeline.now() + seconds(waited));
        // What a real server of a test answers takes no virtual time.
        await setImmediate();
        return meanwhile();
      },
    });
  const calls = (action: string) =>
    events.filter((event) => event.kind === 'applying' && event.trip.action === action);
  return { cloud, timeline, run, calls };
};
