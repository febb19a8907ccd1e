/** One Auto Scaling group of the pretended account, and what tidegate.yml says about it. */
export type FleetSpec = Readonly<{
  desired: number;
  max: number;
  /** False: its owner has not tagged it for Tidegate. */
  isTagged?: boolean;
  rules: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  cooldown?: Readonly<{ scaleOut?: string; scaleIn?: string }>;
  health?: Readonly<{
    unhealthyFor: string;
    floor: string;
    ceiling: string;
    action?: string;
    probation?: string;
  }>;
}>;

const CPU_HIGH = { when: 'cpu > 70 for 1m', then: 'add 2' };
const HEALTH = { unhealthyFor: '1m', floor: '50%', ceiling: '30%' };

/** A group for each scenario, so that none disturbs another. */
export const FLEETS = {
  web: {
    desired: 2,
    max: 8,
    rules: { 'cpu-high': CPU_HIGH, 'cpu-low': { when: 'cpu < 30 for 1m', then: 'remove 1' } },
  },
  idle: {
    desired: 4,
    max: 8,
    rules: { 'cpu-low': { when: 'cpu < 30 for 1m', then: 'remove 1' } },
    cooldown: { scaleIn: '1s' },
  },
  patient: {
    desired: 2,
    max: 8,
    cooldown: { scaleOut: '10m' },
    rules: { 'cpu-high': CPU_HIGH, 'cpu-peak': { when: 'cpu > 90 for 1m', then: 'add 4' } },
  },
  repeated: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  paired: {
    desired: 2,
    max: 8,
    rules: { 'cpu-high': CPU_HIGH, 'cpu-peak': { when: 'cpu > 90 for 1m', then: 'add 4' } },
  },
  mixed: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  crashed: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  unsure: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  throttled: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  busy: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  shrunk: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  full: { desired: 4, max: 4, rules: { 'cpu-high': CPU_HIGH } },
  untagged: { desired: 2, max: 8, isTagged: false, rules: { 'cpu-high': CPU_HIGH } },
  muted: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  unheard: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  forgetful: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  quiet: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  threaded: { desired: 2, max: 4, rules: { 'cpu-high': CPU_HIGH } },
  tracking: { desired: 2, max: 8, rules: { load: { track: 'cpu', target: 50 } } },
  computing: { desired: 2, max: 8, rules: { formula: { desired: 'max(2, cpu / 15)' } } },
  scheduled: {
    desired: 2,
    max: 8,
    rules: {
      season: {
        schedule: { from: '2020-01-01', to: '2099-01-01', timezone: 'Europe/Berlin' },
        min: 4,
      },
    },
  },
  refreshed: {
    desired: 4,
    max: 8,
    rules: { 'cpu-low': { when: 'cpu < 30 for 1m', then: 'remove 1' } },
  },
  watched: {
    desired: 2,
    max: 8,
    cooldown: { scaleOut: '10m' },
    rules: { 'cpu-high': CPU_HIGH, 'cpu-peak': { when: 'cpu > 90 for 1m', then: 'add 4' } },
  },
  overridden: { desired: 2, max: 8, rules: { 'cpu-high': CPU_HIGH } },
  healed: { desired: 4, max: 8, rules: { 'cpu-high': CPU_HIGH }, health: HEALTH },
  floored: {
    desired: 4,
    max: 8,
    rules: { 'cpu-high': CPU_HIGH },
    health: { ...HEALTH, ceiling: '100%' },
  },
  aside: {
    desired: 4,
    max: 8,
    rules: { 'cpu-high': CPU_HIGH },
    health: { ...HEALTH, action: 'quarantine' },
  },
  outer: {
    desired: 4,
    max: 8,
    rules: { 'cpu-high': CPU_HIGH },
    health: { ...HEALTH, probation: '1m' },
  },
  doctored: {
    desired: 2,
    max: 8,
    health: HEALTH,
    rules: { 'cpu-low': { when: 'cpu < 30 for 1m', then: 'remove 1' } },
  },
  common: { desired: 4, max: 8, rules: { 'cpu-high': CPU_HIGH }, health: HEALTH },
} as const satisfies Readonly<Record<string, FleetSpec>>;

export type FleetName = keyof typeof FLEETS;

export const fleetSpecs = Object.entries(FLEETS) as readonly (readonly [FleetName, FleetSpec])[];

export const autoScalingGroupOf = (fleet: FleetName): string => `e2e-${fleet}`;
