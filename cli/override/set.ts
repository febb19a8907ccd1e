import {
  configured,
  type DeploymentOptions,
  type ReachedTable,
  reachTable,
} from '#cli/deployment/find-deployment.ts';
import { groupNamed } from '#cli/deployment/group-named.ts';
import { failure } from '#cli/output/failure.ts';
import type { Announce, Report } from '#cli/output/perform.ts';
import type { Place } from '#cli/output/place.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { describeOverride, inForce, type Override } from '#domain/ledger/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Terminal } from '../terminal.ts';
import { type EndOptions, endOf } from './override-end.ts';
import { overtaken } from './overtaken.ts';

/** The override that somebody asks for. */
export type Wanted = Readonly<{ group: string }> &
  (Readonly<{ kind: 'pause' }> | Readonly<{ kind: 'pin' | 'cap'; capacity: number }>);

export type SetOptions = DeploymentOptions &
  EndOptions &
  Readonly<{ reason: string; by?: string | undefined }>;

/** Sets an override, and says where, and what it means. */
export const set = async (
  wanted: Wanted,
  options: SetOptions,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<Report> => {
  const override = overrideOf(wanted, options, terminal);
  const reached = await reachTable(options, terminal);
  announce(reached.place);
  return writeOverride(wanted.group, override, reached);
};

/** Writes an override, and says what it means. Throws when somebody else was faster. */
export const writeOverride = async (
  group: string,
  override: Override,
  { account, table, place }: ReachedTable,
): Promise<Report> => {
  const overrides = account.overridesIn(table);
  const before = await overrides.read(group);
  if (!(await overrides.write(group, override, before))) throw overtaken();
  const replaced = inForce(before, override.since);
  return {
    text: `${group} is ${describeOverride(override)}`,
    data: { group, override, replaced: replaced ?? null },
    talk: [
      ...(replaced ? [`  before, it was ${describeOverride(replaced)}`] : []),
      `  it holds within a minute and ends by itself; to end it sooner: ${resumeCommand(group, place)}`,
    ],
  };
};

/** The command that ends an override here, whatever the environment says then. */
const resumeCommand = (group: string, { service, stage, table, region }: Place): string =>
  [
    `tidegate resume ${group}`,
    ...(table === undefined ? [] : [`--table ${table}`]),
    ...(stage === undefined ? [] : [`--stage ${stage}`]),
    ...(service === undefined || service === 'tidegate' ? [] : [`--service ${service}`]),
    ...(region === undefined ? [] : [`--region ${region}`]),
  ].join(' ');

/** The override that somebody asks for, from now on. Throws what is wrong with it. */
export const overrideOf = (wanted: Wanted, options: SetOptions, terminal: Terminal): Override => {
  const { group: name, ...what } = wanted;
  const reason = textIn('--reason', options.reason);
  const by = options.by === undefined ? terminal.user : textIn('--by', options.by);
  const since = terminal.now();
  const until = endOf(options, since);
  refuseBeyond(wanted, groupNamed(configured(options, terminal), name));
  return { id: idOf(wanted, since), ...what, by, reason, since, until };
};

/** Trims the text of an option. Throws when nothing is left. */
export const textIn = (option: string, text: string): string => {
  const said = text.trim();
  if (said !== '') return said;
  throw failure(
    'usage',
    `${option} is empty`,
    `write a text, such as ${option} "moving the database"`,
  );
};

/** Bounds of tidegate.yml stand above a person's word: they are what the fleet is meant to bear. */
const refuseBeyond = (wanted: Wanted, { capacity: { min, max } }: Group): void => {
  if (wanted.kind === 'pause') return;
  const { capacity } = wanted;
  if (max !== undefined && capacity > max) {
    throw failure(
      'usage',
      `${capacity} is above the maximum of ${max} in the configuration`,
      'raise capacity.max first, and deploy',
    );
  }
  if (min !== undefined && capacity < min) {
    throw failure(
      'usage',
      `${capacity} is below the minimum of ${min} in the configuration`,
      'lower capacity.min first, and deploy',
    );
  }
};

/** `web-pause-20260302T090000Z`. */
const idOf = ({ group, kind }: Wanted, since: Instant): string =>
  `${group}-${kind}-${new Date(since).toISOString().replace(/\.\d+|[-:]/g, '')}`;
