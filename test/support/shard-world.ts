import type { ShardPorts } from '#app/sweep/look-at-shards.ts';
import type { SweepPorts } from '#app/sweep/sweep.ts';
import type { Fleet, Health } from '#domain/configuration/configuration.ts';
import type { Note } from '#domain/lane/note.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { EvaluationRequest } from '#domain/sweep/evaluation-message.ts';
import type { SentShard } from '#domain/sweep/shard.ts';
import type { Instant } from '#domain/time/instant.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  alarmOf,
  anAlarmRule,
  CPU_HIGH,
  NOON,
} from './builders.ts';

/** Each member has an alarm of its own. */
export const SHOP_BUSY = anAlarmRule('{autoScalingGroup}-busy');
const SHOPS: Fleet = {
  name: 'shops',
  tags: { tier: 'shop' },
  template: { capacity: {}, metrics: {}, rules: [CPU_HIGH, SHOP_BUSY], behavior: aBehavior({}) },
};

export const names = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

export type ShardWorld = Readonly<{
  named?: number;
  members?: number;
  hasFleet?: boolean;
  /** Ports that fail. */
  broken?: readonly string[];
  /** All alarms of the Region that are in ALARM. */
  firing?: readonly Alarm[];
  now?: Instant;
  /** The health of the fleet. */
  health?: Health;
  /** Groups that healing has something left to do with. */
  openHeads?: readonly string[];
}>;

/** A deployment all of whose alarms fire, and everything that is read and sent in it. */
export const aShardWorld = ({
  named = 0,
  members = 0,
  hasFleet = members > 0,
  broken = [],
  firing = [],
  now = NOON,
  health,
  openHeads = [],
}: ShardWorld) => {
  const template = { ...SHOPS.template, ...(health === undefined ? {} : { health }) };
  const healing: EvaluationRequest[] = [];
  const notes: Note[] = [];
  const read: string[] = [];
  const requested: string[] = [];
  const shards: SentShard[] = [];
  const recorded: Instant[] = [];
  const sentShards: string[] = [];
  const looked: Readonly<{ shard: string; at: Instant }>[] = [];
  const asked: string[] = [];
  const through = async <T>(name: string, answer: T): Promise<T> => {
    asked.push(name);
    if (broken.includes(name)) throw new Error(`${name} is broken`);
    return answer;
  };
  const request = async (requests: readonly EvaluationRequest[]) =>
    void requested.push(...requests.map(({ group }) => group));
  const ports: SweepPorts & ShardPorts = {
    configuration: {
      groups: names('web', named).map((name) =>
        aGroup({ name, autoScalingGroup: `${name}-asg`, rules: [CPU_HIGH] }),
      ),
      ...(hasFleet ? { fleets: [{ ...SHOPS, template }] } : {}),
      alerts: [],
      channels: [],
      routes: [],
    },
    listGroups: () =>
      through('listing', {
        isWhole: true,
        groups: names('shop', members).map((autoScalingGroup) =>
          aGroupState({ autoScalingGroup, tags: { tier: 'shop' } }),
        ),
      }),
    readAllMemberships: () => through('members', []),
    writeMembership: async () => true,
    publish: async () => undefined,
    readFiringAlarms: () => through('alarms', new Map([[CPU_HIGH.alarm.name, alarmOf(CPU_HIGH)]])),
    readGroups: async (wanted) => {
      read.push(...wanted);
      return through('groups', new Map(wanted.map((name) => [name, aGroupState()])));
    },
    scaleLedger: { read: async () => new Map() },
    healLedger: { read: async () => new Map() },
    readOpenHeads: () => through('open heads', openHeads),
    requestScaling: request,
    requestHealing: async (requests) => void healing.push(...requests),
    readAllFiring: () => through('firing', [...firing, alarmOf(CPU_HIGH, { name: 'of others' })]),
    sendShards: async (sent) => {
      shards.push(...sent);
      await through('queue', undefined);
    },
    requestFlush: async () => undefined,
    recordSweep: async (at, sent) => {
      recorded.push(at);
      sentShards.push(...sent);
    },
    recordShard: async (shard, at) => {
      await through('mark', undefined);
      looked.push({ shard, at });
    },
    note: (note) => notes.push(note),
    now: () => now,
  };
  return {
    ports,
    notes,
    read,
    requested,
    healing,
    shards,
    recorded,
    sentShards,
    looked,
    asked,
  };
};
