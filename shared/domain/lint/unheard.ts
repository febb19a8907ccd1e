import { SEVERITIES, type Severity } from '#domain/configuration/alert.ts';
import type { Configuration, NewsKind, Route } from '#domain/configuration/configuration.ts';
import { groupsAndTemplates } from '#domain/configuration/fleet.ts';
import type { Finding } from './finding.ts';

/** News that needs a person, and how much it matters at the least. */
const NEEDED: readonly Needed[] = [
  { kind: 'failed', severity: 'critical', example: 'refused by AWS at every try' },
  { kind: 'blocked', severity: 'critical', example: 'blocked, for its launches fail' },
  { kind: 'at-max', severity: 'warning', example: 'at its maximum and needs more' },
];

type Needed = Readonly<{ kind: NewsKind; severity: Severity; example: string }>;

/** Groups and alerts whose news reaches nobody. */
export const findUnheard = (configuration: Configuration): readonly Finding[] => {
  const { alerts, channels, routes } = configuration;
  if (channels.length === 0) return [NO_CHANNEL];

  const silentGroups = groupsAndTemplates(configuration).flatMap(({ name }) => {
    const [first, ...others] = NEEDED.filter(
      ({ kind, severity }) => !routes.some(carries(kind, name, severity)),
    );
    return first === undefined ? [] : [unheardGroup(name, [first, ...others])];
  });
  const silentAlerts = alerts.flatMap(({ name, group, severity }) =>
    routes.some(carries('alert', group, severity)) ? [] : [unheardAlert(name, group)],
  );
  return [...silentGroups, ...silentAlerts];
};

const carries =
  (kind: NewsKind, group: string, severity: Severity) =>
  ({ on, groups = [group], severities = SEVERITIES, to }: Route): boolean =>
    on.includes(kind) && groups.includes(group) && severities.includes(severity) && to.length > 0;

const NO_CHANNEL: Finding = {
  code: 'nobody-is-told',
  group: 'notify',
  rules: [],
  message: 'there is no channel',
  why: 'what needs a person (failed, blocked, at-max, an alert) is written into the ledger, and nobody hears of it',
  example: 'launches fail for an hour, and the first to notice are the users',
  fix: 'add a channel: notify: { channels: { mail: { email: ops@example.com } } }',
};

const unheardGroup = (
  group: string,
  [first, ...others]: readonly [Needed, ...Needed[]],
): Finding => {
  const kinds = [first, ...others].map(({ kind }) => kind).join(', ');
  return {
    code: 'nobody-is-told',
    group,
    rules: [],
    message: `no route leads ${kinds} of ${group} to a channel`,
    why: 'these need a person: the group stays as it is until somebody acts',
    example: `${group} is ${first.example}, and no message says so`,
    fix: `add a route such as { on: [${kinds}], to: [ops] }`,
  };
};

const unheardAlert = (alert: string, group: string): Finding => ({
  code: 'nobody-is-told',
  group,
  rules: [],
  message: `no route leads the alert ${alert} to a channel`,
  why: 'an alert does nothing but tell people',
  example: `${alert} fires all night, and no message says so`,
  fix: 'add a route such as { on: [alert], to: [ops] }',
});
