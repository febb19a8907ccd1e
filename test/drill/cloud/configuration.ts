import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';

/** The load balancing of a drill's group, as CloudWatch names it. */
export type Place = Readonly<{ name: string; loadBalancer: string; targetGroup: string }>;

type Mapping = Record<string, unknown>;
type Group = Mapping & { metrics: Record<string, Mapping>; rules: Mapping; health: Mapping };
type File = Mapping & { groups: Record<string, Group>; notify: { channels: Mapping } };

/** The Auto Scaling group of a drill. */
export const groupOf = (drill: string): string => `drill-${drill}`;

const TEXT = readFileSync(new URL('../tidegate.yml', import.meta.url), 'utf8');
const { web: MODEL, ...OTHERS } = (parse(TEXT) as File).groups;
if (MODEL === undefined || Object.keys(OTHERS).length > 0) {
  throw new Error('the tidegate.yml of the drills must have one group, web');
}

/** Parts of the file that a run may leave out, to see which drill misses them. */
export const PARTS: readonly string[] = [...Object.keys(MODEL.rules), 'health', 'ceiling'];

/** The tidegate.yml with a group for each drill, without the parts that are to be left out. */
export const configurationOf = (
  places: readonly Place[],
  { without, slackOrigin }: Readonly<{ without: readonly string[]; slackOrigin: string }>,
): string => {
  const file = parse(TEXT) as File;
  const groups = places.map((place) => [place.name, groupAt(place, without)] as const);
  const channels = Object.fromEntries(
    Object.entries(file.notify.channels).map(([name, channel]) => [
      name,
      { ...(channel as Mapping), origin: slackOrigin },
    ]),
  );
  return stringify({
    ...file,
    groups: Object.fromEntries(groups),
    notify: { ...file.notify, channels },
  });
};

const groupAt = ({ name, loadBalancer, targetGroup }: Place, without: readonly string[]): Group => {
  const group = structuredClone(MODEL) as Group;
  const dimensions: Mapping = {
    LoadBalancer: loadBalancer,
    TargetGroup: targetGroup,
    AutoScalingGroupName: groupOf(name),
  };
  for (const metric of Object.values(group.metrics)) {
    const names = Object.keys(metric.dimensions as Mapping);
    metric.dimensions = Object.fromEntries(names.map((each) => [each, dimensions[each]]));
  }
  group.autoScalingGroup = groupOf(name);
  group.health = { ...group.health, loadBalancer, targetGroup };
  return leftOut(group, without);
};

const leftOut = (group: Group, without: readonly string[]): Group => {
  const rules = Object.entries(group.rules).filter(([name]) => !without.includes(name));
  const { health, ...rest } = { ...group, rules: Object.fromEntries(rules) };
  if (without.includes('health')) return rest as Group;
  const limits = without.includes('ceiling') ? { ceiling: '100%', floor: '1%' } : {};
  return { ...rest, health: { ...health, ...limits } };
};
