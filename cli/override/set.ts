import {
  configured,
  type DeploymentOptions,
  type ReachedTable,
  reachTable,
} from '#cli/deployment/find-deployment.ts';
import { ensureMember, groupOrMember } from '#cli/deployment/groups-meant.ts';
import type { Announce, Report } from '#cli/output/perform.ts';
import type { Place } from '#cli/output/place.ts';
import type { EndOptions } from '#console/override/override-end.ts';
import { overrideOf, textIn, type WantedOverride } from '#console/override/override-of.ts';
import { putOverride } from '#console/override/write-override.ts';
import { describeOverride, type Override } from '#domain/ledger/override.ts';
import type { Terminal } from '../terminal.ts';

/** The override that somebody asks for. */
export type Wanted = Readonly<{ group: string }> & WantedOverride;

export type SetOptions = DeploymentOptions &
  EndOptions &
  Readonly<{ reason: string; by?: string | undefined }>;

/** Sets an override, and says where, and what it means. */
export const set = async (
  wanted: Wanted,
  options: SetOptions,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<Report> => {
  const override = overrideAsked(wanted, options, terminal);
  const reached = await reachTable(options, terminal);
  announce(reached.place);
  await ensureMember(reached, configured(options, terminal), { terminal, group: wanted.group });
  return writeOverride(wanted.group, override, reached);
};

/** Writes an override, and says what it means. Throws when somebody else was faster. */
export const writeOverride = async (
  group: string,
  override: Override,
  { account, table, place }: ReachedTable,
): Promise<Report> => {
  const replaced = await putOverride(account.overridesIn(table), group, override);
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

/** The override that a command asks for, from now on. Throws what is wrong with it. */
export const overrideAsked = (
  wanted: Wanted,
  options: SetOptions,
  terminal: Terminal,
): Override => {
  const { group: name, ...what } = wanted;
  const reason = textIn('--reason', options.reason);
  const by = options.by === undefined ? terminal.user : textIn('--by', options.by);
  return overrideOf(
    what,
    { reason, by, for: options.for, until: options.until },
    { group: groupOrMember(configured(options, terminal), name), now: terminal.now() },
  );
};
