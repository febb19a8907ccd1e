import { TIMES_AHEAD } from '#app/lane/store-repaired.ts';
import type { Note } from '#domain/lane/note.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { HealHead, ScaleHead } from '#domain/ledger/head.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { STANDBY_UNITS } from '#simulator/run/scenario-standbys.ts';
import { OUTCOME_TOPIC } from '../cloud.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import {
  type Checker,
  type CheckWorld,
  groupBy,
  type Judgement,
  SKEW_MS,
  unless,
} from './check-world.ts';
import { ofEachGroup } from './liveness.ts';
import { holds } from './narrowed.ts';

const READ = 'DescribeAutoScalingGroups of peers';

/** Looks at peers, by the names of the Auto Scaling groups, which peers share with the groups that stand in for them. */
type PeerLook = Readonly<{ at: Instant; isBad: boolean }>;

const looksIn = (event: HistoryEvent): readonly (readonly [name: string, look: PeerLook])[] => {
  if (event.kind !== 'answered' || event.trip.action !== READ) return [];
  const { names } = event.trip.input as Readonly<{ names: readonly string[] }>;
  const states = event.error === undefined ? (event.answer as Map<string, GroupState>) : undefined;
  return names.map((name) => [name, { at: event.at, isBad: isBad(states?.get(name)) }]);
};

const isBad = (state: GroupState | undefined): boolean =>
  state === undefined || state.instances.length * 100 < state.capacityDesired * 60;

const LEAST_LOOKS = 3;
const LEAST_MS = 3 * MINUTE_MS;
/** Looks of so long ago may have been the first of the three. */
const REMEMBERED_MS = 15 * MINUTE_MS;

const outcomeIn = (event: HistoryEvent): Outcome | undefined => {
  if (event.kind !== 'published' || event.topic !== OUTCOME_TOPIC) return undefined;
  return JSON.parse(event.message) as Outcome;
};

export const lostLooksRaiseNothing: Checker = {
  id: 'S84',
  promise:
    'a minimum is raised for a peer only after three looks over three minutes that found it impaired',
  watch: () => {
    const looks = new Map<string, readonly PeerLook[]>();
    return {
      onEvent: (event) => {
        for (const [name, look] of looksIn(event)) {
          looks.set(name, [...(looks.get(name) ?? []), look]);
        }
        const outcome = outcomeIn(event);
        if (outcome?.reason !== 'StandbyBegan') return [];

        // It may be told long after it was decided.
        const bad = (looks.get(outcome.autoScalingGroup) ?? []).filter(
          ({ isBad, at }) => isBad && at <= outcome.at + SKEW_MS && outcome.at - at < REMEMBERED_MS,
        );
        const [first = outcome.at, last = outcome.at] = [bad[0]?.at, bad.at(-1)?.at];
        return unless(bad.length >= LEAST_LOOKS && last - first >= LEAST_MS - SKEW_MS, () => {
          return `${outcome.decisionId} rests on ${bad.length} looks over ${last - first} ms`;
        });
      },
    };
  },
};

/** Nobody knows how a peer was between looks that are further apart. */
const LONGEST_PAUSE_MS = 5 * MINUTE_MS;

/** One look after the other that found a peer impaired, as far as they were half a minute apart. */
type Spell = Readonly<{ since: Instant; at: Instant; looks: number }>;

const nextSpell = (spell: Spell | undefined, { at, isBad }: PeerLook): Spell | undefined => {
  if (!isBad) return undefined;
  if (spell === undefined || at - spell.at > LONGEST_PAUSE_MS - SKEW_MS) {
    return { since: at, at, looks: 1 };
  }
  return at - spell.at < 30 * SECOND_MS + 2 * SKEW_MS
    ? spell
    : { ...spell, at, looks: spell.looks + 1 };
};

const decisionIn = (event: HistoryEvent): CapacityDecision | undefined => {
  if (event.kind !== 'noted' || event.note.kind !== 'decided') return undefined;
  const { decision } = event.note;
  return decision.kind === 'capacity' ? decision : undefined;
};

/** Groups whose memory a decision cannot rest on: its times are counted anew, or the file names another peer or none. */
const forgetsIn = ({ configurationOf }: CheckWorld, event: HistoryEvent): readonly string[] => {
  if (event.kind !== 'noted') return [];
  const { note, invocation } = event;
  const configuration = configurationOf(invocation);
  if (note.kind === 'coalesced' && note.detail === TIMES_AHEAD) {
    return configuration.groups
      .filter(({ name }) => name === note.group)
      .map(({ autoScalingGroup }) => autoScalingGroup);
  }
  if (note.kind !== 'decided') return [];
  const { autoScalingGroup } = note.decision;
  const { standby } = groupBy(configuration, autoScalingGroup) ?? {};
  return standby === undefined ? [autoScalingGroup] : [];
};

/** Follows what each invocation saw of peers, and for how long decisions have found them impaired. */
const createSpells = (world: CheckWorld) => {
  const seen = new Map<string, ReadonlyMap<string, PeerLook>>();
  const spells = new Map<string, Spell>();
  const learn = (id: string, looks: ReturnType<typeof looksIn>): void => {
    if (looks.length > 0) seen.set(id, new Map([...(seen.get(id) ?? []), ...looks]));
    // Whoever saw the peer well may have written so before it was killed.
    for (const [name, { isBad }] of looks) if (!isBad) spells.delete(name);
  };

  return {
    follow: (event: HistoryEvent): void => {
      if (event.kind === 'ended' || event.kind === 'failed') seen.delete(event.invocation.id);
      if (event.kind === 'answered') learn(event.trip.invocation.id, looksIn(event));
      for (const name of forgetsIn(world, event)) spells.delete(name);
    },
    /** The spell with this decision in it; nothing when it did not look, or found the peer well. */
    after: ({ id }: Invocation, name: string): Spell | undefined => {
      const look = seen.get(id)?.get(name);
      const spell = look && nextSpell(spells.get(name), look);
      if (spell !== undefined) spells.set(name, spell);
      return spell;
    },
  };
};

export const impairedPeersRaiseTheMinimum: Checker = {
  id: 'S85',
  promise:
    'while a peer is impaired, the minimum is raised from the third look and the third minute on',
  watch: (world) => {
    const spells = createSpells(world);
    return {
      onEvent: (event) => {
        spells.follow(event);
        const decision = decisionIn(event);
        if (decision === undefined || event.kind !== 'noted') return [];
        const spell = spells.after(event.invocation, decision.autoScalingGroup);
        return spell === undefined ? [] : judgeSpell(world, { decision, spell, event });
      },
    };
  },
};

type Noted = Extract<HistoryEvent, { kind: 'noted' }>;
type SpellScene = Readonly<{
  decision: CapacityDecision;
  spell: Spell;
  event: Noted;
}>;

/** A head that was lost takes the memory of the peer with it, and a person's word stands above the minimum. */
const judgeSpell = (
  { views, configurationOf }: CheckWorld,
  { decision, spell, event }: SpellScene,
): readonly Judgement[] => {
  const { bounds, group, autoScalingGroup } = decision;
  const view = views.of(event.invocation);
  const { standby } = groupBy(configurationOf(event.invocation), autoScalingGroup) ?? {};
  if (bounds === undefined || standby === undefined) return [];
  if (!isCertain(spell) || !isKnown(view.heads.get(group))) return [];
  if (holds(view.overrides.get(group), decision.at)) return [];

  const least = Math.min(bounds.max, STANDBY_UNITS);
  return unless(bounds.min >= least, () => {
    return `${decision.id} has a minimum of ${bounds.min}, where ${least} are wanted: its peer is impaired since ${spell.since}`;
  });
};

const isCertain = ({ since, at, looks }: Spell): boolean =>
  looks > LEAST_LOOKS && at - since >= LEAST_MS + 2 * SKEW_MS;

const isKnown = (head: ScaleHead | HealHead | undefined): boolean =>
  head !== undefined && 'wishes' in head && (head.standby?.whole ?? 0) > 0;

/** Keeps the invocations that have lost a look at peers. */
const noteLostLooks = (lost: Set<string>, event: HistoryEvent): void => {
  if (event.kind === 'failed') lost.delete(event.invocation.id);
  if (event.kind !== 'answered' || event.trip.action !== READ) return;
  if (event.error !== undefined) lost.add(event.trip.invocation.id);
};

const judgeNote = (note: Note): readonly Judgement[] =>
  (note.kind === 'evaluation-failed' || note.kind === 'retrying') &&
  note.error.message.includes('ETIMEDOUT')
    ? ['a Region that is away failed an evaluation']
    : [];

export const awayHarmsNoOther: Checker = {
  id: 'S86',
  promise: 'a Region that cannot be asked for peers fails no evaluation',
  watch: () => {
    const lost = new Set<string>();
    return {
      onEvent: (event) => {
        noteLostLooks(lost, event);
        if (event.kind === 'ended') return lost.delete(event.invocation.id) ? [true] : [];
        return event.kind === 'noted' && lost.has(event.invocation.id) ? judgeNote(event.note) : [];
      },
    };
  },
};

export const raisedMinimaEnd: Checker = {
  id: 'L71',
  promise: 'once it is quiet no minimum is raised for a peer that is well',
  watch: ofEachGroup((group, { cloud }) => {
    if (group.standby === undefined) return [];
    const raised = cloud.scaleLedger.head(group.name)?.standby?.raised;
    return unless(raised === undefined, () => `the minimum of ${group.name} is still raised`);
  }),
};
