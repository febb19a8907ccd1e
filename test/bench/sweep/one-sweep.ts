import { setTimeout as sleep } from 'node:timers/promises';
import { lookAtShards } from '#app/sweep/look-at-shards.ts';
import { sweep } from '#app/sweep/sweep.ts';
import { listGroups } from '#aws/auto-scaling/list-groups.ts';
import { readGroups } from '#aws/auto-scaling/read-groups.ts';
import { READ_RATES } from '#aws/client/quotas.ts';
import { readAllFiring, readFiringAlarms } from '#aws/cloudwatch/read-alarms.ts';
import { glanceAtLedger } from '#aws/dynamodb/ledger.ts';
import { readAllMemberships, writeMembership } from '#aws/dynamodb/memberships.ts';
import { readOpenHeads } from '#aws/dynamodb/open-heads.ts';
import { publish } from '#aws/messaging/publish.ts';
import { sendMessage, sendRequests, sendShards } from '#aws/messaging/queue.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { HealHead, ScaleHead } from '#domain/ledger/head.ts';
import { type SentShard, SHARD_SIZE } from '#domain/sweep/shard.ts';
import { SHARD_CONCURRENCY } from '#infrastructure/functions.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { type Account, clientsOf } from './fake-account.ts';

const FILE = `
version: 1
fleets:
  shops:
    select: { tags: { tier: shop } }
    capacity: { min: 2, max: 200 }
    rules:
      busy: { when: { alarm: "{autoScalingGroup}-busy" }, then: add 2 }
      idle: { when: { alarm: "{autoScalingGroup}-idle" }, then: remove 1 }
notify: { channels: { ops: { slack: ssm:/hook } } }
`;

const configurationOf = (): Configuration => {
  const result = parseConfiguration(FILE, { file: 'bench.yml', prefix: 'tidegate-bench' });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};

export type Measured = Readonly<{
  /** Seconds from the minute until the last request was sent, and those that the longest invocation ran. */
  seconds: number;
  longest: number;
  invocations: number;
  calls: Readonly<Record<string, number>>;
  /** The largest live heap at an answer, in MB, beyond that of the function before it begins. */
  peakMb: number;
}>;

export type Way = 'whole' | 'shards' | 'coordinator' | 'shard';

const TABLE = 'table';
const SEER = { deployment: 'tidegate-bench', tagKeys: ['tier'] };

/** Live memory is what is left after a collection; each tenth answer is looked at. */
const createScale = () => {
  const used = (): number => {
    (globalThis as { gc?: () => void }).gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const before = used();
  let [answers, peak] = [0, 0];
  return {
    weigh: (): void => {
      answers += 1;
      if ((globalThis as { gc?: () => void }).gc && answers % 10 === 1) {
        peak = Math.max(peak, used() - before);
      }
    },
    peak: (): number => peak,
  };
};

/** Makes one sweep of an account as the deployed function would, with real waiting, and says what it took. */
export const measureSweep = async (account: Account, way: Way): Promise<Measured> => {
  const configuration = configurationOf();
  const calls: Record<string, number> = {};
  const scale = createScale();
  const hear = (action: string): void => {
    calls[action] = (calls[action] ?? 0) + 1;
    scale.weigh();
  };
  const looksWith = (rates: Parameters<typeof clientsOf>[1]) => {
    const clients = clientsOf(account, rates, hear);
    const { autoScaling, cloudWatch, dynamo, sqs } = clients;
    return {
      clients,
      looks: {
        configuration,
        readFiringAlarms: readFiringAlarms(cloudWatch),
        readGroups: readGroups(autoScaling, SEER),
        scaleLedger: glanceAtLedger<ScaleHead>(dynamo, TABLE, 'scale'),
        healLedger: glanceAtLedger<HealHead>(dynamo, TABLE, 'heal'),
        requestScaling: sendRequests(sqs, 'scale'),
        requestHealing: sendRequests(sqs, 'heal'),
        note: () => undefined,
        now: Date.now,
      },
    };
  };

  const shards: SentShard[] = [];
  const { clients, looks } = looksWith(READ_RATES.sweep);
  const tick = sweep(
    {
      ...looks,
      listGroups: listGroups(clients.autoScaling, SEER),
      readAllMemberships: readAllMemberships(clients.dynamo, TABLE),
      writeMembership: writeMembership(clients.dynamo, TABLE, Date.now),
      publish: publish(clients.sns, 'topic'),
      readAllFiring: readAllFiring(clients.cloudWatch),
      sendShards: async (sent) => {
        await sendShards(clients.sqs, 'sweep')(sent);
        shards.push(...sent);
      },
      readOpenHeads: readOpenHeads(clients.dynamo, TABLE),
      requestFlush: () => sendMessage(clients.sqs, 'notify')({ kind: 'flush' }),
      recordSweep: async () => undefined,
    },
    { shardSize: way === 'whole' ? Number.POSITIVE_INFINITY : SHARD_SIZE },
  );

  const begun = Date.now();
  const secondsSince = (at: number): number => (Date.now() - at) / 1_000;
  if (way !== 'shard') await tick();
  const sentAt = Date.now();
  const durations = way === 'shard' ? [] : [secondsSince(begun)];

  const environment = async (): Promise<void> => {
    const lookAt = lookAtShards({
      ...looksWith(READ_RATES.shard).looks,
      recordShard: async () => undefined,
    });
    for (let shard = shards.shift(); shard !== undefined; shard = shards.shift()) {
      const { delaySeconds, ...message } = shard;
      await sleep(Math.max(0, sentAt + 1_000 * delaySeconds - Date.now()));
      const from = Date.now();
      await lookAt([message]);
      durations.push(secondsSince(from));
    }
  };
  if (way === 'shard') shards.push(firstShard(account));
  if (way === 'shards') await Promise.all(Array.from({ length: SHARD_CONCURRENCY }, environment));
  if (way === 'shard') await environment();

  return {
    seconds: secondsSince(begun),
    longest: Math.max(...durations),
    invocations: durations.length,
    calls,
    peakMb: scale.peak(),
  };
};

const firstShard = ({ groups }: Account): SentShard => ({
  kind: 'shard',
  groups: Array.from({ length: Math.min(groups, SHARD_SIZE) }, (_, index) => {
    return `shops/shop-${String(index).padStart(5, '0')}`;
  }),
  until: Date.now() + 60_000,
  delaySeconds: 0,
});
