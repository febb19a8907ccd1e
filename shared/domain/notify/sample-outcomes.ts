import type { Outcome, OutcomeKind } from '#domain/ledger/outcome.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { SampleScene } from './sample-scene.ts';

/** An outcome of each kind. What rules asked for stands in those about capacity, as it does in real ones. */
export const outcomesIn = (scene: SampleScene): readonly Outcome[] =>
  [...changesIn(scene), ...troublesIn(scene), ...doneByOthersIn(scene)].map((outcome, index) => ({
    schemaVersion: 1,
    group: scene.group,
    autoScalingGroup: scene.autoScalingGroup,
    at: scene.at,
    decisionId: `${scene.group}-${['foreign', 'flapping'].includes(outcome.kind) ? `${outcome.kind}-` : ''}${index + 1}`,
    ...outcome,
  }));

const changesIn = (scene: SampleScene): readonly SampleOutcome[] => {
  const { group, from, to, rule, why } = scene;
  return [
    {
      kind: 'scaled',
      reason: 'ScaledOut',
      about: 'capacity',
      capacity: { from, to },
      ...wished(scene, to),
      summary: `${group} ${from} → ${to}: ${rule}: ${why}`,
    },
    {
      kind: 'replaced',
      reason: 'TargetsReplaced',
      about: 'health',
      targets: ['i-0a1b2c3d4e5f60718:80'],
      summary: `${group} replaces unhealthy targets: i-0a1b2c3d4e5f60718 (Target.FailedHealthChecks) failed its health checks for 2 min`,
    },
    heldIn(scene),
  ];
};

/** The gate that holds is one that the group has: its cooldown, or a pause where it has none. */
const heldIn = (scene: SampleScene): SampleOutcome => {
  const { group, from, to, past, rule, pace } = scene;
  const { cooldownSeconds } = pace.scaleOut;
  const elapsed = describeSeconds(Math.min(60, Math.floor(cooldownSeconds / 2)));
  const asks = `${group} stays at ${to}: ${rule} asks for ${past}, but`;
  const common = { kind: 'held', about: 'capacity', ...wished(scene, past) } as const;
  return cooldownSeconds === 0
    ? { ...common, reason: 'Paused', summary: `${asks} it is ${pausedIn(scene)}` }
    : {
        ...common,
        reason: 'CoolingDown',
        summary: `${asks} the change from ${from} to ${to} was ${elapsed} ago, and the cooldown is ${describeSeconds(cooldownSeconds)}`,
      };
};

const pausedIn = ({ at }: SampleScene): string =>
  `paused by ann until ${describeInstant(at + 360 * MINUTE_MS)}: moving the database`;

const troublesIn = (scene: SampleScene): readonly SampleOutcome[] => {
  const { group, from, to, rule, why, bounds } = scene;
  const past = bounds.max + 2;
  return [
    {
      kind: 'at-max',
      reason: 'AtMaximum',
      about: 'capacity',
      ...wished(scene, past),
      summary: `${group} stays at ${bounds.max}: ${rule} asks for ${past}, but ${past} is above the maximum of ${bounds.max}`,
    },
    {
      kind: 'blocked',
      reason: 'CommonCause',
      about: 'health',
      summary: `${group} keeps its targets: 4 of 10 targets are unhealthy, more than 30 %: the cause is common (all of them are in eu-west-1b), nothing is touched`,
    },
    {
      kind: 'failed',
      reason: 'AccessDenied',
      about: 'capacity',
      capacity: { from, to },
      ...wished(scene, to),
      summary: `${group} ${from} → ${to}: ${rule}: ${why}. Not done: AccessDenied: not authorized to perform autoscaling:SetDesiredCapacity`,
    },
  ];
};

const doneByOthersIn = (scene: SampleScene): readonly SampleOutcome[] => {
  const { group, from, to } = scene;
  const { wishes } = wished(scene, to);
  return [
    {
      kind: 'override',
      reason: 'OverrideSet',
      wishes,
      summary: `${group} is ${pausedIn(scene)}`,
    },
    {
      kind: 'foreign',
      reason: 'ForeignChange',
      capacity: { from: to, to: from },
      wishes,
      summary: `${group} was set from ${to} to ${from} by the scheduled action night of AWS`,
    },
    ...flappingIn(scene, wishes),
  ];
};

/** Groups that are never slowed are never told of it. */
const flappingIn = (
  { group, rule, other = 'cpu-low', pace }: SampleScene,
  wishes: NonNullable<Outcome['wishes']>,
): readonly SampleOutcome[] => {
  const { flapping, scaleIn } = pace;
  if (flapping === undefined) return [];
  const { reversals, withinSeconds, longestCooldownSeconds } = flapping;
  const usual = scaleIn.cooldownSeconds;
  const waits = Math.max(usual, Math.min(longestCooldownSeconds, 2 * Math.max(usual, 60)));
  const within = describeSeconds(withinSeconds);
  return [
    {
      kind: 'flapping',
      reason: 'Flapping',
      wishes,
      summary: `${group} goes back and forth: ${other} removes what ${rule} adds, ${reversals} reversals within ${within}. Scale-in now waits for ${describeSeconds(waits)} after a change instead of ${describeSeconds(usual)}, and longer with each further reversal; ${within} without one end that. Move the bounds of the two rules apart: npx tidegate lint shows how`,
    },
  ];
};

type SampleOutcome = Omit<
  Outcome,
  'schemaVersion' | 'decisionId' | 'group' | 'autoScalingGroup' | 'at' | 'kind'
> &
  Readonly<{ kind: OutcomeKind }>;

/** The fields that a decision has of the rule that it follows. */
const wished = ({ rule, other, from, bounds }: SampleScene, capacity: number) => ({
  rule,
  wishes: [{ rule, capacity }, ...(other === undefined ? [] : [{ rule: other, capacity: from }])],
  bounds,
  instanceType: 'm7g.large',
});
