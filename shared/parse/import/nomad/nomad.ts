import { inSeconds, repairDuration } from '#parse/configuration/words/duration.ts';
import {
  cpuOf,
  guessedTarget,
  type MetricRules,
  memoryOf,
  metricLeftOut,
} from '#parse/import/kubernetes/hpa.ts';
import type {
  ImportedPace,
  ImportNote,
  ImportTarget,
  PaceSide,
  Translation,
} from '../translation.ts';
import { blocksIn, type NomadBlock, type NomadJob, type NomadPolicy } from './schemas.ts';

/** A scaling policy of Nomad as rules; one of an Auto Scaling group goes on acting, and its rules are in shadow. */
export const translateNomadPolicy = (policy: NomadPolicy, file: string): Translation => {
  const { Policy: body, Target, ID, Min: min, Max: max } = policy;
  const [, asg] = blocksIn(body.target).find(([name]) => name === 'aws-asg') ?? [];
  const own = typeof asg?.aws_asg_name === 'string' ? asg.aws_asg_name : undefined;
  const name = Target.Group ?? Target.Job ?? ID;
  const target: ImportTarget =
    own === undefined
      ? guessedTarget(name, `what the policy ${ID} scales`)
      : { name: own, autoScalingGroup: own };
  const made = blocksIn(body.check).map(([about, check]) => ofCheck({ file, about, check }));
  return {
    target,
    bounds: { min, max },
    rules: made
      .flatMap(({ rules }) => rules)
      .map((rule) => (own === undefined ? rule : { ...rule, isShadow: true })),
    paces: pacesOf(body),
    notes: made.flatMap(({ notes }) => notes),
  };
};

/** The policies of the groups of a job. */
export const translateNomadJob = (
  { ID, TaskGroups }: NomadJob,
  file: string,
): readonly Translation[] =>
  TaskGroups.flatMap(({ Name, Scaling }) =>
    Scaling === undefined
      ? []
      : [translateNomadPolicy({ ...Scaling, ID, Target: { Job: ID, Group: Name } }, file)],
  );

/** The cooldown of the policy, 5 minutes unless it says otherwise, and the one of scale-out if it has one. */
const pacesOf = (body: NomadBlock): readonly ImportedPace[] => {
  const cooldown = secondsOf(body.cooldown) ?? 300;
  const of = (side: PaceSide, value: number, key: string): ImportedPace => ({
    side,
    key: 'cooldown',
    value,
    because: `As ${key} of the policy.`,
  });
  return [
    of('scaleOut', secondsOf(body.cooldown_on_scale_up) ?? cooldown, 'cooldown'),
    of('scaleIn', cooldown, 'cooldown'),
  ];
};

/** A time of Go: `1m30s`, or nanoseconds. */
const secondsOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value / 1e9;
  const text = typeof value === 'string' ? repairDuration(value) : undefined;
  return text === undefined ? undefined : inSeconds(text);
};

type PlacedCheck = Readonly<{ file: string; about: string; check: NomadBlock }>;

const ofCheck = (placed: PlacedCheck): MetricRules => {
  const { file, about, check } = placed;
  const [strategy = 'none', body = {}] = blocksIn(check.strategy)[0] ?? [];
  const made = STRATEGIES.get(strategy);
  if (made !== undefined) return made(placed, body);
  const why =
    'a fixed value is capacity.min or a schedule rule, and a value that is passed through is { desired: METRIC }';
  return leftOut({ file, about, why, message: `the strategy ${strategy} has no equal` });
};

type OfStrategy = (placed: PlacedCheck, body: NomadBlock) => MetricRules;

const ofTarget: OfStrategy = (placed, body) => {
  const { file, about } = placed;
  const target = Number(body.target);
  const notes = notesOfKeys(placed, body, ['threshold', 'max_scale_up', 'max_scale_down']);
  const measure = measureOf(placed);
  if (measure === undefined) return unreachable(placed, `{ track: NAME, target: ${target} }`);
  return withNotes((measure === 'cpu' ? cpuOf : memoryOf)({ file, about, target }), notes);
};

/** A band of a metric of the group: from its lower bound on to add, from its upper bound down to remove. */
const ofThreshold: OfStrategy = (placed, body) => {
  const { file, about } = placed;
  const change = changeOf(body);
  const measure = measureOf(placed);
  if (measure === undefined) return unreachable(placed, '{ step: NAME, bands: [] }');
  const isAdded = !change.startsWith('remove');
  const bound = Number(isAdded ? body.lower_bound : body.upper_bound);
  const { rules } = (measure === 'cpu' ? cpuOf : memoryOf)({ file, about, target: bound });
  // biome-ignore lint/suspicious/noThenProperty: a key of the file; it is never awaited.
  const band = { [isAdded ? 'above' : 'below']: bound, then: change };
  return {
    rules: rules.map((rule) => ({ ...rule, write: ([step]) => ({ step, bands: [band] }) })),
    notes: notesOfKeys(placed, body, [
      'within_bounds_trigger',
      isAdded ? 'upper_bound' : 'lower_bound',
    ]),
  };
};

const STRATEGIES: ReadonlyMap<string, OfStrategy> = new Map([
  ['target-value', ofTarget],
  ['threshold', ofThreshold],
]);

/** `delta`, `percentage` or `value`. */
const changeOf = ({ delta, percentage, value }: NomadBlock): string => {
  if (value !== undefined) return `set ${String(value)}`;
  const amount = Number(delta ?? percentage);
  const unit = delta === undefined ? '%' : '';
  return `${amount < 0 ? 'remove' : 'add'} ${Math.abs(amount)}${unit}`;
};

const measureOf = ({ check: { source, query } }: PlacedCheck): 'cpu' | 'memory' | undefined => {
  if (!(source === undefined || source === 'nomad-apm')) return undefined;
  const [measure] = /cpu|memory/.exec(String(query)) ?? [];
  return measure === undefined ? undefined : (measure as 'cpu' | 'memory');
};

const unreachable = ({ file, about, check }: PlacedCheck, rule: string): MetricRules => {
  const why = `the query is one of ${String(check.source)}: publish its value to CloudWatch, and write ${rule}`;
  return leftOut({ file, about, why });
};

const leftOut = (note: Parameters<typeof metricLeftOut>[0]): MetricRules => ({
  rules: [],
  notes: [metricLeftOut(note)],
});

const withNotes = ({ rules, notes }: MetricRules, more: readonly ImportNote[]): MetricRules => ({
  rules,
  notes: [...notes, ...more],
});

const notesOfKeys = (
  { file, about }: PlacedCheck,
  body: NomadBlock,
  keys: readonly string[],
): readonly ImportNote[] =>
  keys
    .filter((key) => body[key] !== undefined)
    .map((key) => ({
      kind: 'differs',
      file,
      about,
      message: `${key} has no equal for one rule`,
      why: 'behavior has tolerance, stabilize and limits for the whole group, and a band ends only where the next one begins',
    }));
