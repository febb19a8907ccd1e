import { autoScalingGroupOf, type FleetName } from '../fleets.ts';
import { STACK } from './deploy.ts';
import type { FunctionName } from './deployed-functions.ts';
import type { LedgerEntry } from './ledger-view.ts';
import type { Poller } from './poller.ts';
import type { System } from './system.ts';
import { until } from './until.ts';
import { describeGroup } from './world.ts';

/** The looks of a scenario at the world, and its waits. */
export type Probe = ReturnType<typeof probeOf>;

const PATIENCE_MS = 15_000;

export const alarmOf = (fleet: FleetName, rule = 'cpu-high'): string => `${STACK}-${fleet}-${rule}`;

export const probeOf = (system: System) => {
  const { clients, ledger, lambdas, pollers, proxy, slack } = system;
  const poller = (name: FunctionName): Poller => required(pollers.get(name), name);
  const decisions = (fleet: FleetName) => ledger.decisions(fleet);

  return {
    poller,
    decisions,
    lambda: (name: FunctionName) => required(lambdas.get(name), name),

    /** Waits until the group wants this capacity; a change takes no longer than two seconds. */
    capacity: (fleet: FleetName, capacity: number, withinMs = PATIENCE_MS) =>
      until(
        `${fleet} wants ${capacity}`,
        async () =>
          (await describeGroup(clients, fleet)).DesiredCapacity === capacity ? capacity : undefined,
        withinMs,
      ),

    desired: async (fleet: FleetName): Promise<number> =>
      (await describeGroup(clients, fleet)).DesiredCapacity ?? -1,

    /** Waits for a record of the ledger that fits. */
    entry: (fleet: FleetName, fits: (entry: LedgerEntry) => boolean, what: string) =>
      until(
        `the ledger of ${fleet} has ${what}`,
        async () => (await decisions(fleet)).find(fits),
        PATIENCE_MS,
      ),

    /** Waits until batches with so many bodies that contain a text have been handled. */
    handled: (name: FunctionName, text: string, count = 1) =>
      until(
        `${name} has handled ${count} messages with ${text}`,
        () => {
          const bodies = poller(name).batches.flatMap((batch) => batch.bodies);
          return bodies.filter((body) => body.includes(text)).length >= count ? count : undefined;
        },
        PATIENCE_MS,
      ),

    /** The capacities that the functions asked Auto Scaling for, in order. */
    setCalls: (fleet: FleetName): readonly number[] =>
      proxy.calls
        .filter(
          ({ action, input }) =>
            action === 'SetDesiredCapacity' &&
            input.AutoScalingGroupName === autoScalingGroupOf(fleet),
        )
        .map(({ input }) => Number(input.DesiredCapacity)),

    /** Waits for a message on Slack that contains a text; answers all such messages. */
    slackMessages: (text: string) =>
      until(
        `Slack has a message with "${text}"`,
        () => {
          const posts = slack.posts.filter(
            ({ body, status }) => status === 200 && body.includes(text),
          );
          return posts.length > 0 ? posts : undefined;
        },
        PATIENCE_MS,
      ),

    /** Runs the sweep as its schedule would. */
    sweep: async (): Promise<void> => {
      const invocation = await required(lambdas.get('sweep'), 'sweep').invoke({});
      if (invocation.kind === 'failed') throw new Error(`the sweep failed: ${invocation.error}`);
    },
  };
};

/** Fails a check unless both are equal as JSON. */
export const same = (found: unknown, expected: unknown): void => {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) throw new Error(`found ${left}, expected ${right}`);
};

const required = <T>(value: T | undefined, name: string): T => {
  if (value === undefined) throw new Error(`${name} is not deployed`);
  return value;
};
