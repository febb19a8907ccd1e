import type { PoolLimit, ScalePorts } from '#app/capacity/ports.ts';
import { scaleGroups } from '#app/capacity/scale-groups.ts';
import type { Fleet, Group } from '#domain/configuration/configuration.ts';
import type { Found, FoundPast, Metric } from '#domain/configuration/metric.ts';
import type { Note } from '#domain/lane/note.ts';
import type { GroupLook } from '#domain/ledger/group-look.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import { type Answer, applied, type Outcome } from '#domain/ledger/outcome.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { Alarm, AlarmEvent } from '#domain/observed/alarm.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Activity, Obstacle } from '#domain/observed/obstacle.ts';
import type { WarmPool } from '#domain/observed/warm-pool.ts';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import { indexByRules } from '#domain/sweep/group-index.ts';
import type { Membership } from '#domain/sweep/next-memberships.ts';
import { openingOf } from '#schedule/opening-of.ts';
import { createLedger } from '#simulator/services/ledger.ts';
import { aGroup, aGroupState, alarmOf, CPU_HIGH, CPU_LOW, NOON } from './builders.ts';

export type Port =
  | 'readMemberships'
  | 'readGroups'
  | 'readAlarms'
  | 'readMetrics'
  | 'readPast'
  | 'readObstacles'
  | 'readActivities'
  | 'ledgerRead'
  | 'ledgerWrite'
  | 'looksRead'
  | 'looksWrite'
  | 'readPool'
  | 'readPeers'
  | 'set'
  | 'setPool'
  | 'publish';

/** Everything that scaling touches, in memory; `around` stands between the code and each call. */
export const aScaleWorld = (
  groups: readonly Group[] = [aGroup()],
  fleets: readonly Fleet[] = [],
) => {
  const overrides = new Map<string, Override>();
  const world = {
    now: NOON,
    overrides,
    ledger: createLedger<ScaleHead>(overrides),
    states: new Map<string, GroupState>(
      groups.map(({ autoScalingGroup }) => [autoScalingGroup, aGroupState({ autoScalingGroup })]),
    ),
    alarms: new Map<string, Alarm>(
      [CPU_HIGH, CPU_LOW].map((rule) => [rule.alarm.name, alarmOf(rule, { state: 'OK' })]),
    ),
    readings: new Map<Metric, Found>(),
    pasts: new Map<Metric, FoundPast>(),
    /** Memberships in fleets, by Auto Scaling group. */
    memberships: new Map<string, Membership>(),
    /** The looks that are remembered, by group. */
    looks: new Map<string, GroupLook>(),
    obstacles: [] as readonly Obstacle[],
    activities: [] as readonly Activity[],
    /** Warm pools by the names of their groups; a group that is not here has none. */
    pools: new Map<string, WarmPool>(),
    /** Every value that PutWarmPool was called with. */
    poolSets: [] as Readonly<{ name: string; prepared: number; isReused: boolean }>[],
    /** Answers of PutWarmPool, in turn; it applies when there is nothing left. */
    poolAnswers: [] as Answer[],
    /** The groups that others stand in for, by their names; in any Region. */
    peers: new Map<string, GroupState>(),
    calls: [] as Port[],
    /** Every value that SetDesiredCapacity was called with. */
    sets: [] as Readonly<{ name: string; capacity: number }>[],
    /** Answers of SetDesiredCapacity, in turn; it applies when there is nothing left. */
    answers: [] as Answer[],
    published: [] as Outcome[],
    notes: [] as Note[],
    around: <T>(_port: Port, call: () => Promise<T>): Promise<T> => call(),
    /** Describes the state of a group as AWS would after the change. */
    change: (name: string, overrides: Partial<GroupState>): void => {
      world.states.set(name, { ...(world.states.get(name) ?? aGroupState()), ...overrides });
    },
    head: (group = 'web'): ScaleHead | undefined => world.ledger.head(group),
    notesOf: <K extends Note['kind']>(kind: K) =>
      world.notes.filter((note): note is Extract<Note, { kind: K }> => note.kind === kind),
  };

  const through = <T>(port: Port, call: () => Promise<T>): Promise<T> => {
    world.calls.push(port);
    return world.around(port, call);
  };
  const setCapacity = async (name: string, capacity: number): Promise<Answer> => {
    world.sets.push({ name, capacity });
    const answer = world.answers.shift() ?? applied;
    if (answer.kind === 'applied') world.change(name, { capacityDesired: capacity });
    return answer;
  };

  const setPool = async (name: string, limit: PoolLimit): Promise<Answer> => {
    world.poolSets.push({ name, ...limit });
    const answer = world.poolAnswers.shift() ?? applied;
    if (answer.kind === 'applied') {
      const pool = world.pools.get(name) ?? { ready: 0, warming: 0 };
      const settings = {
        ...limit,
        minSize: 0,
        poolState: 'Stopped',
        isBeingDeleted: false,
      };
      world.pools.set(name, { ...pool, settings });
    }
    return answer;
  };

  const ports: ScalePorts = {
    groups: indexByRules(groups),
    members: {
      configuration: { groups, ...(fleets.length === 0 ? {} : { fleets }) },
      readMemberships: (names) =>
        through('readMemberships', async () => pick(world.memberships, names)),
    },
    readGroups: (names) => through('readGroups', async () => pick(world.states, names)),
    readAlarms: (names) => through('readAlarms', async () => pick(world.alarms, names)),
    readMetrics: (queries) =>
      through('readMetrics', async () => queries.map(({ metric }) => world.readings.get(metric))),
    readPast: (metrics) =>
      through('readPast', async () => metrics.map((metric) => world.pasts.get(metric))),
    openingOf,
    readObstacles: () => through('readObstacles', async () => world.obstacles),
    readActivities: () => through('readActivities', async () => world.activities),
    ledger: {
      read: (names) => through('ledgerRead', () => world.ledger.read(names)),
      write: (...args) => through('ledgerWrite', () => world.ledger.write(...args)),
    },
    looks: {
      read: (names) => through('looksRead', async () => pick(world.looks, names)),
      write: (looks) =>
        through('looksWrite', async () => {
          for (const [name, look] of looks) world.looks.set(name, look);
        }),
    },
    readPool: (name) =>
      through('readPool', async () => world.pools.get(name) ?? { ready: 0, warming: 0 }),
    readPeers: (_region, names) => through('readPeers', async () => pick(world.peers, names)),
    setPool: (...args) => through('setPool', () => setPool(...args)),
    setCapacity: (...args) => through('set', () => setCapacity(...args)),
    publish: (outcome) =>
      through('publish', async () => {
        world.published.push(outcome);
      }),
    note: (note) => world.notes.push(note),
    now: () => world.now,
  };
  const scale = (...messages: EvaluationMessage[]) => scaleGroups(ports)(messages);

  return { world, scale, ports };
};

/** The alarm of a rule turns to a state, and the message that says so. */
export const turn = (
  world: ReturnType<typeof aScaleWorld>['world'],
  { alarm }: typeof CPU_HIGH,
  state: 'ALARM' | 'OK' = 'ALARM',
): AlarmEvent => {
  world.alarms.set(alarm.name, alarmOf(CPU_HIGH, { name: alarm.name, state, since: world.now }));
  return {
    kind: 'alarm',
    form: 'metric',
    name: alarm.name,
    arn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${alarm.name}`,
    state,
    previousState: state === 'ALARM' ? 'OK' : 'ALARM',
    reason: 'Threshold Crossed',
    at: world.now,
  };
};

export const request = (group: string, cause = 'alarm-firing'): EvaluationMessage => ({
  kind: 'evaluate',
  group,
  cause,
});

const pick = <V>(map: ReadonlyMap<string, V>, names: readonly string[]): ReadonlyMap<string, V> =>
  new Map([...map].filter(([name]) => names.includes(name)));
