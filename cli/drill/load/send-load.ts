import { clockSince } from '#cli/drill/decisions-meanwhile.ts';
import type { Terminal } from '#cli/terminal.ts';
import { asError } from '#domain/basics/as-error.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { type GroupLook, lookOf, pauseOf, type SeenGroup } from '../look-at-group.ts';
import { ANSWER_SECONDS } from './ceilings.ts';
import type { Requests } from './http-requests.ts';
import type { LoadPlan } from './load-plan.ts';
import { createSender, type Sender } from './sender.ts';
import { figuresOf, isFailed, isOverwhelmed, PROTECT_SECONDS, samplesSince } from './tally.ts';

/** The end of a load: its time was over, or something stopped it before. */
export type LoadEnd = Readonly<{
  by: 'time' | 'person' | 'errors' | 'pause' | 'unseen';
  detail: string;
}>;

/** A load that has ended, and what was seen meanwhile. */
export type LoadRun = Pick<Sender, 'samples' | 'sent' | 'skipped' | 'lagMs'> &
  Readonly<{ startedAt: Instant; endedAt: Instant; end: LoadEnd; looks: readonly GroupLook[] }>;

export type LoadPorts = Readonly<{
  requests: Requests;
  /** Looks at the group; throws where AWS cannot be asked. */
  look: () => Promise<SeenGroup>;
  terminal: Pick<Terminal, 'now' | 'wait'>;
  /** Tells a line while the load is under way. */
  tell: (line: string) => void;
}>;

/** Seconds between two releases of requests that are due. */
const TICK_SECONDS = 0.01;
const LOOK_SECONDS = 5;

/**
 * Sends a load by the clock, whatever the answers do (an open model: people do not wait for each other), and looks at the
 * group every few seconds. It ends by itself when its time is over, when the person ends it, when most requests have
 * failed for a minute, when the group is paused, and when AWS cannot be asked about the group any more.
 */
export const sendLoad = async (plan: LoadPlan, ports: LoadPorts): Promise<LoadRun> => {
  const { requests, terminal } = ports;
  const startedAt = terminal.now();
  const sender = createSender(plan, { requests, now: terminal.now }, startedAt);
  const watch = createWatch(ports);
  const look = lookEveryFewSeconds({ sender, watch, startedAt }, ports);
  const step = (now: Instant): LoadEnd | undefined => {
    sender.release(now);
    if (now - startedAt >= plan.seconds * SECOND_MS) return BY_TIME;
    return watch.end() ?? look(now);
  };
  const pause = async (): Promise<LoadEnd | undefined> =>
    (await terminal.wait(TICK_SECONDS)) ? undefined : BY_PERSON;

  let end: LoadEnd | undefined;
  while (end === undefined) end = step(terminal.now()) ?? (await pause());
  await finish(end, sender, ports);
  await watch.settled();
  const { samples, sent, skipped, lagMs } = sender;
  const endedAt = terminal.now();
  return { startedAt, endedAt, end, samples, sent, skipped, lagMs, looks: watch.looks };
};

type Watching = Readonly<{
  sender: Sender;
  watch: ReturnType<typeof createWatch>;
  startedAt: Instant;
}>;

/** Every few seconds: a line for the person, a look at the group, and whether the target bears the load. */
const lookEveryFewSeconds = (
  { sender, watch, startedAt }: Watching,
  { tell }: Pick<LoadPorts, 'tell'>,
): ((now: Instant) => LoadEnd | undefined) => {
  let next = startedAt;
  return (now) => {
    if (now < next) return undefined;
    if (now > startedAt) tell(describeMoment({ sender, watch, startedAt, now }));
    next = now + LOOK_SECONDS * SECOND_MS;
    watch.begin();
    return isOverwhelmed(sender.samples, { startedAt, now }) ? BY_ERRORS : undefined;
  };
};

const BY_TIME: LoadEnd = { by: 'time', detail: 'its time was over' };
const BY_PERSON: LoadEnd = { by: 'person', detail: 'you ended it' };
const BY_ERRORS: LoadEnd = {
  by: 'errors',
  detail: `stopped to protect the target: more than half of the requests of ${PROTECT_SECONDS} s failed`,
};

/** Waits for the answers that are under way, or gives them up where the load was stopped. */
const finish = async (
  { by }: LoadEnd,
  sender: Sender,
  { requests, terminal }: LoadPorts,
): Promise<void> => {
  const until = terminal.now() + (ANSWER_SECONDS + 1) * SECOND_MS;
  while (by === 'time' && sender.underWay() > 0 && terminal.now() < until) {
    if (!(await terminal.wait(TICK_SECONDS))) break;
  }
  sender.stop();
  requests.close();
};

/** So many looks in a row may fail; then nobody would see that the group is paused. */
const MOST_FAILED_LOOKS = 3;

/** Looks at the group beside the load, one look at a time, and says when what was seen ends the load. */
const createWatch = ({ look }: Pick<LoadPorts, 'look'>) => {
  const looks: GroupLook[] = [];
  let failed = 0;
  let end: LoadEnd | undefined;
  let underWay: Promise<void> | undefined;
  const lookOnce = async (): Promise<void> => {
    try {
      const seen = await look();
      failed = 0;
      const found = lookOf(seen);
      if (found !== undefined) looks.push(found);
      const pause = pauseOf(seen);
      if (pause !== undefined) end = { by: 'pause', detail: `stopped: ${pause}` };
    } catch (thrown) {
      failed += 1;
      if (failed < MOST_FAILED_LOOKS) return;
      const why = asError(thrown).message;
      end = { by: 'unseen', detail: `stopped: the group cannot be seen any more (${why})` };
    }
  };
  return {
    looks,
    end: () => end,
    begin: (): void => {
      underWay ??= lookOnce().finally(() => {
        underWay = undefined;
      });
    },
    settled: async (): Promise<void> => underWay,
  };
};

type Moment = Watching & Readonly<{ now: Instant }>;

const describeMoment = ({ sender, watch, startedAt, now }: Moment): string => {
  const recent = samplesSince(sender.samples, now - LOOK_SECONDS * SECOND_MS);
  const failed = recent.filter((sample) => isFailed(sample)).length;
  const { p95 } = figuresOf(recent);
  const times = p95 === undefined ? '' : `, p95 ${Math.round(p95)} ms`;
  const seen = watch.looks.at(-1);
  const group = seen === undefined ? '' : `; ${describeLook(seen)}`;
  const rate = Math.round(recent.length / LOOK_SECONDS);
  return `  ${clockSince(startedAt, now).padStart(5)}  ${rate} answers a second, ${failed} failed${times}${group}`;
};

/** `4 wanted, 3 in service`. */
export const describeLook = ({ desired, inService }: GroupLook): string =>
  `${desired} wanted, ${inService} in service`;
