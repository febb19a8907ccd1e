import { MEMBER_PLACEHOLDER } from '#domain/configuration/fleet.ts';
import { OPT_IN_TAG } from '#domain/observed/opt-in.ts';
import type { MetricInput } from '#parse/configuration/schema/metric-schema.ts';
import { quote } from '../describe-value.ts';
import type { GroupDraft } from '../draft.ts';
import type { Fault, Path } from '../fault.ts';
import { entriesOf, valueAt } from '../mapping.ts';

type FleetDrafts = Readonly<{
  root: unknown;
  groups: readonly GroupDraft[];
  fleets: readonly GroupDraft[];
}>;

/** Fleets have names of their own, do not overlap for certain, and are reached by the tag of the deployment. */
export const checkFleets = ({ root, groups, fleets }: FleetDrafts): readonly Fault[] => [
  ...fleets.flatMap((fleet) => checkName(fleet, groups)),
  ...fleets.flatMap(({ path, name }) => checkTags(root, path, name)),
  ...checkSame(root, fleets),
  ...fleets.flatMap(({ path, metrics }) =>
    [...metrics].flatMap(([name, metric]) => checkMetric(metric, [...path, 'metrics', name])),
  ),
  ...fleets.flatMap(checkStandby),
  ...checkPermissions(root, fleets),
];

const checkName = ({ name, path }: GroupDraft, groups: readonly GroupDraft[]): readonly Fault[] =>
  groups.some((group) => group.name === name)
    ? [
        {
          path,
          at: 'key',
          code: 'conflict',
          message: `a group is named ${quote(name)}, too`,
          expected: 'a name that no group has: routes name groups and fleets alike',
        },
      ]
    : [];

const tagsAt = (root: unknown, fleet: string): readonly (readonly [string, unknown])[] =>
  entriesOf(valueAt(valueAt(valueAt(valueAt(root, 'fleets'), fleet), 'select'), 'tags'));

/** Every group of the deployment carries its tag, so that it selects nothing. */
const checkTags = (root: unknown, path: Path, fleet: string): readonly Fault[] =>
  tagsAt(root, fleet)
    .filter(([key]) => key === OPT_IN_TAG)
    .map(([key]) => ({
      path: [...path, 'select', 'tags', key],
      at: 'key',
      code: 'bad-value',
      message: `${quote(OPT_IN_TAG)} is the tag of the deployment, which all its groups carry`,
      expected: 'a tag that says which of them belong to the fleet, such as tier: web',
    }));

/** Two fleets with the same tags would contest all of their groups, and neither would have one. */
const checkSame = (root: unknown, fleets: readonly GroupDraft[]): readonly Fault[] => {
  const owners = new Map<string, string>();
  return fleets.flatMap(({ name, path }) => {
    const tags = tagsAt(root, name).toSorted(([one], [other]) => (one < other ? -1 : 1));
    const key = JSON.stringify(tags);
    const owner = owners.get(key);
    owners.set(key, owner ?? name);
    if (owner === undefined || tags.length === 0) return [];
    return [
      {
        path: [...path, 'select', 'tags'],
        code: 'conflict' as const,
        message: `the fleet ${quote(owner)} selects by the same tags`,
        expected: 'tags that no other fleet has: a group that two fleets select belongs to neither',
      },
    ];
  });
};

/** Each member has a peer of its own, which its name leads to, and which it is not itself. */
const checkStandby = ({ path, given: { standby } }: GroupDraft): readonly Fault[] => {
  if (standby === undefined) return [];
  const { region, autoScalingGroup } = standby.of;
  const isItself = region === undefined && autoScalingGroup === MEMBER_PLACEHOLDER;
  if (autoScalingGroup.includes(MEMBER_PLACEHOLDER) && !isItself) return [];
  return [
    {
      path: [...path, 'standby', 'of'],
      code: 'conflict',
      message: isItself
        ? `${quote(MEMBER_PLACEHOLDER)} is each member itself`
        : `${quote(autoScalingGroup)} is one group, and each member needs a peer of its own`,
      expected: `a name with ${MEMBER_PLACEHOLDER} in it: eu-west-1/${MEMBER_PLACEHOLDER}, or ${MEMBER_PLACEHOLDER}-b in this Region`,
    },
  ];
};

/** Text that CloudWatch gets untouched has no place for the name of a member. */
const checkMetric = (metric: MetricInput, path: Path): readonly Fault[] => {
  if ('query' in metric) return checkText(metric.query, [...path, 'query']);
  return 'expression' in metric ? checkText(metric.expression, [...path, 'expression']) : [];
};

const checkText = (text: string, path: Path): readonly Fault[] => {
  const start = text.indexOf(MEMBER_PLACEHOLDER);
  if (start === -1) return [];
  return [
    {
      path,
      code: 'bad-value',
      message: `${quote(MEMBER_PLACEHOLDER)} is filled in within dimensions alone`,
      expected: `a metric with the dimension AutoScalingGroupName: "${MEMBER_PLACEHOLDER}", under uses if it is part of an expression`,
      span: { start, length: MEMBER_PLACEHOLDER.length },
    },
  ];
};

/** Roles that name each group cannot name those that are found later. */
const checkPermissions = (root: unknown, fleets: readonly GroupDraft[]): readonly Fault[] =>
  fleets.length > 0 && valueAt(root, 'permissions') === 'named'
    ? [
        {
          path: ['permissions'],
          code: 'conflict',
          message: 'roles that name each group would not reach the members of fleets',
          expected: 'tagged, where there are fleets',
          suggestion:
            'take this line away: the roles then reach the groups that carry the tag of the deployment; or name each group under groups, and take fleets away',
        },
      ]
    : [];
