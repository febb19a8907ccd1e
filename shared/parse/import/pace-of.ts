import { durationText } from '#parse/configuration/words/duration.ts';
import type { ImportedPace, PaceSide, Written } from './translation.ts';

/** `behavior` as it is written, and the reason of each of its keys. */
export type WrittenPace = Readonly<{
  value: Written;
  comments: Readonly<Record<string, readonly string[]>>;
}>;

const SIDES: readonly PaceSide[] = ['scaleOut', 'scaleIn'];

/** The cooldowns where the file says nothing, in seconds. */
const USUAL_COOLDOWN: Readonly<Record<PaceSide, number>> = { scaleOut: 180, scaleIn: 300 };

const LONGEST_COOLDOWN = 86_400;
const LONGEST_WINDOW = 3_600;

/** A time as it is written, no longer than it may be. */
const timeText = (seconds: number, most = LONGEST_COOLDOWN): string =>
  durationText(Math.min(most, Math.round(seconds)));

type PaceWish = Readonly<{ key: string; value: unknown; because: string }>;

/** One pace for a group, of all that was wished: the longest of several times, the first of several percentages. */
export const paceOf = (paces: readonly ImportedPace[]): WrittenPace => {
  const warmup = longest(paces.filter(isWarmup));
  const wishes = [
    ...SIDES.flatMap((side) => ofSide(side, paces, warmup?.value ?? 0)),
    ...(warmup === undefined || warmup.value === 0
      ? []
      : [{ key: 'warmup', value: timeText(warmup.value), because: warmup.because }]),
  ];
  const value: Record<string, unknown> = {};
  const comments: Record<string, string[]> = {};
  for (const { key, value: wished, because } of wishes) {
    const [outer, inner] = key.split('.') as [string, string?];
    value[outer] = inner === undefined ? wished : { ...Object(value[outer]), [inner]: wished };
    const told = comments[outer] ?? [];
    comments[outer] = told;
    if (!told.includes(because)) told.push(because);
  }
  return { value, comments };
};

type OfSide = Extract<ImportedPace, Readonly<{ side: PaceSide }>>;
type Timed = Extract<OfSide, Readonly<{ value: number }>>;
type Warmup = Extract<ImportedPace, Readonly<{ key: 'warmup' }>>;

const isWarmup = (pace: ImportedPace): pace is Warmup => pace.key === 'warmup';

const longest = <P extends Readonly<{ value: number }>>(paces: readonly P[]): P | undefined =>
  paces.reduce<P | undefined>(
    (most, each) => (most === undefined || each.value > most.value ? each : most),
    undefined,
  );

const ofSide = (
  side: PaceSide,
  paces: readonly ImportedPace[],
  warmupSeconds: number,
): readonly PaceWish[] => {
  const own = paces.filter((pace): pace is OfSide => 'side' in pace && pace.side === side);
  const timed = (key: Timed['key']): readonly Timed[] =>
    own.filter((pace): pace is Timed => pace.key === key);
  const cooldown = cooldownOf(side, timed('cooldown'), warmupSeconds);
  const stabilize = longest(timed('stabilize'));
  const [tolerance] = timed('tolerance');
  const limits = own.flatMap((pace) => (pace.key === 'limits' ? [pace] : []));
  const [select] = own.flatMap((pace) => (pace.key === 'select' ? [pace] : []));
  return [
    cooldown,
    stabilize && { ...stabilize, value: timeText(stabilize.value, LONGEST_WINDOW) },
    tolerance && { ...tolerance, value: `${tolerance.value}%` },
    limits[0] && { ...limits[0], value: limits.flatMap(({ value }) => value) },
    select,
  ].flatMap((wish) => (wish === undefined ? [] : [{ ...wish, key: `${side}.${wish.key}` }]));
};

/** The cooldown that was said, or the usual one; longer where a condition or the warm-up asks for it. */
const cooldownOf = (
  side: PaceSide,
  paces: readonly Timed[],
  warmupSeconds: number,
): PaceWish | undefined => {
  const said = longest(paces.filter(({ isAtLeast }) => !isAtLeast));
  const usual = USUAL_COOLDOWN[side];
  const wished = longest([
    { value: said?.value ?? usual, because: said?.because ?? '' },
    ...paces.filter(({ isAtLeast }) => isAtLeast),
    ...(side === 'scaleIn'
      ? [{ value: warmupSeconds, because: 'Not shorter than the warm-up.' }]
      : []),
  ]);
  if (wished === undefined || wished.value === usual) return undefined;
  return { key: 'cooldown', value: timeText(wished.value), because: wished.because };
};
