import { healGroups } from '#app/health/heal-groups.ts';
import type { HealPorts } from '#app/health/ports.ts';
import type { Fleet } from '#domain/configuration/configuration.ts';
import type { FailOpen, HealedGroup, Target } from '#domain/health/health-observation.ts';
import type { Note } from '#domain/lane/note.ts';
import type { Registration } from '#domain/ledger/decision.ts';
import type { HealHead } from '#domain/ledger/head.ts';
import { type Answer, applied, type Outcome } from '#domain/ledger/outcome.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Obstacle } from '#domain/observed/obstacle.ts';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import type { Membership } from '#domain/sweep/next-memberships.ts';
import { createLedger } from '#simulator/services/ledger.ts';
import { aFailingTarget, aGroupState, aHealedGroup, aTarget, NOON } from './builders.ts';

export type HealPort =
  | 'readMemberships'
  | 'readGroups'
  | 'ledgerRead'
  | 'readObstacles'
  | 'readLaunches'
  | 'readTargets'
  | 'ledgerWrite'
  | 'deregister'
  | 'markUnhealthy'
  | 'register'
  | 'standBy'
  | 'release'
  | 'readFailOpen'
  | 'readManaged'
  | 'publish';

/** Everything that healing touches, in memory; `around` stands between the code and each call. */
export const aHealWorld = (overrides: Parameters<typeof aHealedGroup>[0] = {}) => {
  const group: HealedGroup = aHealedGroup(overrides);
  const initial = aGroupState({ capacityDesired: 10 });
  const world = {
    now: NOON,
    group,
    ledger: createLedger<HealHead>(new Map(), 'heal'),
    state: initial as GroupState | undefined,
    targets: initial.instances.map(({ id }) => aTarget({ id })) as readonly Target[],
    obstacles: [] as readonly Obstacle[],
    launches: {} as Record<string, number>,
    failOpen: {} as Record<string, FailOpen>,
    /** Target groups that their operators did not hand over. */
    untagged: [] as readonly string[],
    calls: [] as HealPort[],
    /** Every step that was taken: `deregister i-1`, `mark unhealthy i-1`. */
    steps: [] as string[],
    /** Answers of AWS to the steps, in turn; it applies when there is nothing left. */
    answers: [] as Answer[],
    published: [] as Outcome[],
    notes: [] as Note[],
    override: undefined as Override | undefined,
    /** The fleets of the file, and what the table knows of their members. */
    fleets: [] as readonly Fleet[],
    readMemberships: async (_names: readonly string[]): Promise<ReadonlyMap<string, Membership>> =>
      new Map(),
    around: <T>(_port: HealPort, call: () => Promise<T>): Promise<T> => call(),
    /** From now on these targets fail. */
    fail: (...ids: string[]): void => {
      world.targets = world.targets.map((target) =>
        ids.includes(target.id) ? aFailingTarget(target.id) : target,
      );
    },
    head: (): HealHead | undefined => world.ledger.head('web'),
  };

  const through = <T>(port: HealPort, call: () => Promise<T>): Promise<T> => {
    world.calls.push(port);
    return world.around(port, call);
  };
  const step = async (text: string, effect: () => void): Promise<Answer> => {
    world.steps.push(text);
    const answer = world.answers.shift() ?? applied;
    if (answer.kind === 'applied') effect();
    return answer;
  };
  const leave = (id: string, arn?: string): void => {
    world.targets = world.targets.filter(
      (target) => target.id !== id || (arn !== undefined && target.targetGroupArn !== arn),
    );
  };
  const enter = ({ targetGroupArn, targetId, port }: Registration): void => {
    world.targets = [...world.targets, aTarget({ targetGroupArn, id: targetId, port })];
  };
  const change = (id: string, changes: Partial<GroupState['instances'][number]>): void => {
    const instances = (world.state?.instances ?? []).map((instance) =>
      instance.id === id ? { ...instance, ...changes } : instance,
    );
    if (world.state) world.state = { ...world.state, instances };
  };

  const ports: HealPorts = {
    configuration: { groups: [group], alerts: [], channels: [], routes: [] },
    readMemberships: (names) => through('readMemberships', () => world.readMemberships(names)),
    readGroups: () =>
      through(
        'readGroups',
        async () => new Map(world.state ? [['web-prod', world.state] as const] : []),
      ),
    readObstacles: () => through('readObstacles', async () => world.obstacles),
    readLaunches: () => through('readLaunches', async () => world.launches),
    readFailOpen: () => through('readFailOpen', async () => world.failOpen),
    readManaged: (arns) =>
      through('readManaged', async () =>
        Object.fromEntries(arns.map((arn) => [arn, !world.untagged.includes(arn)])),
      ),
    readTargets: (targetGroup) =>
      through('readTargets', async () =>
        world.targets.filter(({ targetGroupArn }) => targetGroupArn.endsWith(targetGroup)),
      ),
    ledger: {
      read: (names) =>
        through('ledgerRead', async () => {
          const memories = await world.ledger.read(names);
          const { override } = world;
          if (override === undefined) return memories;
          return new Map([...memories].map(([name, memory]) => [name, { ...memory, override }]));
        }),
      write: (...args) => through('ledgerWrite', () => world.ledger.write(...args)),
    },
    deregister: ({ targetId, targetGroupArn }) =>
      through('deregister', () =>
        step(`deregister ${targetId}`, () => leave(targetId, targetGroupArn)),
      ),
    register: (registration) =>
      through('register', () =>
        step(`register ${registration.targetId}`, () => enter(registration)),
      ),
    standBy: ({ instanceId, isReplaced }) =>
      through('standBy', () =>
        step(`stand by ${instanceId}${isReplaced ? '' : ', one fewer'}`, () => {
          leave(instanceId);
          change(instanceId, { lifecycleState: 'Standby' });
        }),
      ),
    release: (id) =>
      through('release', () =>
        step(`end ${id}`, () => change(id, { lifecycleState: 'Terminating' })),
      ),
    markUnhealthy: (id) =>
      through('markUnhealthy', () =>
        step(`mark unhealthy ${id}`, () => change(id, { isHealthy: false })),
      ),
    publish: (outcome) => through('publish', async () => void world.published.push(outcome)),
    note: (note) => world.notes.push(note),
    now: () => world.now,
  };

  return {
    world,
    ports,
    heal: (...messages: EvaluationMessage[]) => {
      const configuration = { ...ports.configuration, fleets: world.fleets };
      return healGroups({ ...ports, configuration })(messages);
    },
  };
};
