import { displayOf } from '#channels/channels.ts';
import type { Result } from '#domain/basics/result.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import type {
  Configuration,
  Fleet,
  Group,
  Health,
  Route,
} from '#domain/configuration/configuration.ts';
import { describeTags, groupsAndTemplates, templateOf } from '#domain/configuration/fleet.ts';
import { describeReportTime, type ReportSchedule } from '#domain/configuration/report-schedule.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import type { ConfigurationProblem } from '#parse/configuration/configuration-problem.ts';
import { describeProblem, type Paint } from '#parse/configuration/describe-problem.ts';
import { alarmsOf } from './alarms-of.ts';
import { describePace, hasPaceOfLooks } from './describe-pace.ts';
import { describeRule } from './describe-rule.ts';

/** The result of `tidegate validate` for people. */
export const describeValidation = (
  file: string,
  result: Result<Configuration, readonly ConfigurationProblem[]>,
  paint: Paint,
): string =>
  result.ok ? describeValid(file, result.value, paint) : describeInvalid(result.problem, paint);

const describeInvalid = (problems: readonly ConfigurationProblem[], paint: Paint): string =>
  [
    ...problems.map((problem) => `${describeProblem(problem, paint)}\n`),
    paint.red(`${count(problems.length, 'mistake')}; nothing can be deployed from this file.`),
  ].join('\n');

const describeValid = (file: string, configuration: Configuration, paint: Paint): string => {
  const { groups, fleets = [] } = configuration;
  const rules = groupsAndTemplates(configuration).flatMap((group) => group.rules);
  const alarms = alarmsOf(configuration);
  const counts = [
    count(groups.length, 'group'),
    ...(fleets.length === 0 ? [] : [count(fleets.length, 'fleet')]),
    count(rules.length, 'rule'),
    `${count(alarms.length, 'alarm')} to make`,
  ].join(', ');

  return [
    paint.bold(`${file} is valid: ${counts}.`),
    ...groups.flatMap((group) => ['', ...describeGroup(group, paint)]),
    ...fleets.flatMap((fleet) => ['', ...describeFleet(fleet, paint)]),
    ...describeAlerts(configuration),
    ...(alarms.length === 0 ? [] : ['', 'Alarms that the deployment makes:']),
    ...alarms.map((alarm) => `  ${alarm}`),
    ...describeNotify(configuration),
    ...describeEvents(configuration),
  ].join('\n');
};

const describeAlerts = ({ alerts }: Configuration): readonly string[] =>
  alerts.length === 0
    ? []
    : [
        '',
        'Alerts, which scale nothing:',
        ...alerts.map(
          ({ name, group, condition, severity }) =>
            `  ${name}: ${severity} while ${condition.text}, in ${group}`,
        ),
      ];

const describeGroup = (group: Group, paint: Paint): readonly string[] => [
  `${paint.bold(`Group ${group.name}`)}: Auto Scaling group ${group.autoScalingGroup}, ${describeBounds(group)}`,
  ...describeCare(group),
];

const describeFleet = (fleet: Fleet, paint: Paint): readonly string[] => {
  const template = templateOf(fleet);
  return [
    `${paint.bold(`Fleet ${fleet.name}`)}: every Auto Scaling group with the tags ${describeTags(fleet.tags)} and that of the deployment, ${describeBounds(template)}`,
    ...describeCare(template),
    `  ${hasPaceOfLooks(template) ? '' : 'looked at every minute; '}conditions are held against their metrics, without an alarm`,
  ];
};

const describeCare = (group: Group): readonly string[] => {
  const width = Math.max(0, ...group.rules.map(({ name }) => name.length));

  return [
    ...group.rules.map((rule) => `  ${rule.name.padEnd(width)}  ${describeRule(rule)}`),
    ...describePace(group).map((line) => `  ${line}`),
    ...(group.health === undefined ? [] : [`  health: ${describeHealth(group.health)}`]),
  ];
};

const describeBounds = ({ capacity: { min, max } }: Group): string => {
  const bounds = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ];
  return bounds.length === 0 ? 'within its own MinSize and MaxSize' : bounds.join(', ');
};

const describeHealth = (health: Health): string => {
  const names =
    health.watched.length === 0
      ? 'the target groups that the Auto Scaling group is attached to'
      : health.watched.map(({ targetGroup }) => targetGroup).join(', ');
  const unhealthy = `targets of ${names} that are unhealthy for ${describeSeconds(health.unhealthyForSeconds)}`;
  return health.action === 'notify'
    ? `tell people of ${unhealthy}`
    : `${DEEDS[health.action]} ${unhealthy}, while ${describeFloor(health)} stay healthy and no more than ${health.ceilingPercent}% fail at once`;
};

const describeFloor = ({ floorPercent, floorCount }: Health): string =>
  `${floorPercent}%${floorCount > 1 ? `, and ${floorCount} at least,` : ''}`;

const DEEDS = {
  auto: 'replace',
  replace: 'replace',
  deregister: 'deregister',
  quarantine: 'put aside',
} as const;

const describeChannel = (channel: Channel): string =>
  `${displayOf(channel).describe(channel)}${describeQuiet(channel)}`;

const describeQuiet = ({ quiet }: Channel): string => {
  if (quiet === undefined) return '';
  return quiet.kind === 'recurring'
    ? `, quiet from "${quiet.start}" to "${quiet.end}" (${quiet.timezone})`
    : `, quiet from ${describeInstant(quiet.from)} to ${describeInstant(quiet.to)}`;
};

const describeRoute = ({ on, to, severities, groups, digestSeconds }: Route): string =>
  [
    `  ${on.join(', ')} → ${to.join(', ')}`,
    ...(severities === undefined ? [] : [`only ${severities.join(', ')}`]),
    ...(groups === undefined ? [] : [`only of ${groups.join(', ')}`]),
    ...(digestSeconds === undefined
      ? []
      : [`in one message each ${describeSeconds(digestSeconds)}`]),
  ].join(', ');

const describeNotify = ({ channels, routes, report }: Configuration): readonly string[] => {
  if (channels.length === 0)
    return ['', 'Nobody is told anything: there is no channel under notify.'];

  const told = [...routes, ...(report === undefined ? [] : [report])].flatMap(({ to }) => to);
  return [
    '',
    'Who is told:',
    ...channels.map(
      (channel) => `  ${channel.name}: ${describeChannel(channel)}${describeUse(channel, told)}`,
    ),
    ...routes.map(describeRoute),
    ...(report === undefined ? [] : [describeSchedule(report)]),
  ];
};

/** A channel that nothing leads to is easily forgotten: it still gets what a broken channel before it cannot send. */
const describeUse = ({ name }: Channel, told: readonly string[]): string =>
  told.includes(name) ? '' : '; no route leads to it';

const describeSchedule = ({ every, timezone, to }: ReportSchedule): string =>
  `  the report → ${to.join(', ')}, each ${describeReportTime(every)} in ${timezone}`;

const describeEvents = ({ events }: Configuration): readonly string[] =>
  events === undefined
    ? []
    : [
        '',
        `Outcomes are events on the bus ${events.bus}${events.hub === undefined ? '' : `, forwarded to ${events.hub}`}.`,
      ];

const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;
