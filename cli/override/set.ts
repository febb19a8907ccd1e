import type { Group } from '../../shared/domain/configuration.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { describeOverride, inForce, type Override } from '../../shared/domain/override.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { EXIT, type Overrides, type Terminal } from '../terminal.ts';
import { failed, overtaken } from './failure.ts';
import { configured, type DeploymentOptions, groupNamed, reachOverrides } from './reach.ts';
import { endOf, type SpellOptions } from './spell.ts';

/** What somebody wants of a group. */
export type Wish = Readonly<{ group: string }> &
  (Readonly<{ kind: 'pause' }> | Readonly<{ kind: 'pin' | 'cap'; capacity: number }>);

export type SetOptions = DeploymentOptions &
  SpellOptions &
  Readonly<{ reason: string; by?: string | undefined }>;

/** Sets an override and says what it means; the answer is the exit code. */
export const set = async (wish: Wish, options: SetOptions, terminal: Terminal): Promise<number> => {
  const override = overrideOf(wish, options, terminal);
  if (!override.ok) {
    terminal.stderr.write(`tidegate: ${override.problem}\n`);
    return EXIT.invalid;
  }
  try {
    return await write(await reachOverrides(options, terminal), override.value, {
      ...{ group: wish.group, terminal },
    });
  } catch (thrown) {
    return failed(thrown, terminal);
  }
};

const overrideOf = (
  wish: Wish,
  options: SetOptions,
  terminal: Terminal,
): Result<Override, string> => {
  const { group: name, ...what } = wish;
  const configuration = configured(options, terminal);
  if (!configuration.ok) return configuration;
  const group = groupNamed(configuration.value, name);
  if (!group.ok) return group;
  const objection = objectionTo(wish, group.value);
  if (objection !== undefined) return err(objection);

  const since = terminal.now();
  const until = endOf(options, since);
  if (!until.ok) return until;
  return ok({
    ...{ id: idOf(wish, since), ...what, by: options.by ?? terminal.user },
    ...{ reason: options.reason, since, until: until.value },
  });
};

/** Bounds of tidegate.yml stand above a person's word: they are what the fleet is meant to bear. */
const objectionTo = (wish: Wish, { capacity: { min, max } }: Group): string | undefined => {
  if (wish.kind === 'pause') return undefined;
  const { capacity } = wish;
  if (max !== undefined && capacity > max) {
    return `${capacity} is above the maximum of ${max} in the configuration; raise that first`;
  }
  return min !== undefined && capacity < min
    ? `${capacity} is below the minimum of ${min} in the configuration; lower that first`
    : undefined;
};

const write = async (
  overrides: Overrides,
  override: Override,
  { group, terminal }: Readonly<{ group: string; terminal: Terminal }>,
): Promise<number> => {
  const { stdout, stderr } = terminal;
  const before = await overrides.read(group);
  if (!(await overrides.write(group, override, before))) {
    return overtaken(terminal);
  }

  stdout.write(`${group} is ${describeOverride(override)}\n`);
  const replaced = inForce(before, override.since);
  if (replaced) stderr.write(`  before, it was ${describeOverride(replaced)}\n`);
  stderr.write(
    `  it holds within a minute and ends by itself; to end it sooner: tidegate resume ${group}\n`,
  );
  return EXIT.ok;
};

/** `web-pause-20260302T090000Z`. */
const idOf = ({ group, kind }: Wish, since: Instant): string =>
  `${group}-${kind}-${new Date(since).toISOString().replace(/\.\d+|[-:]/g, '')}`;
