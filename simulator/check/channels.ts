import type { SQSEvent } from 'aws-lambda';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { referenceOf } from '#domain/notify/news.ts';
import type { Waiting } from '#domain/notify/notice.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';
import type { HistoryEvent, Received } from '../history.ts';
import { endedIn } from './broken-channels.ts';
import { type Checker, unless } from './check-world.ts';
import { isMarked } from './drills.ts';
import { publishedIn } from './news.ts';

/** Ends by which a channel is done with news that it did not tell. */
const ENDINGS: readonly string[] = ['refused', 'uncertain', 'dropped', 'failed-over', 'needless'];

/** Channels and references for which an event shows that the channel is done with them. */
const endedBy = (event: HistoryEvent): readonly string[] => {
  if (event.kind === 'received') {
    const { channel, message } = event.received;
    return message.reference.split(', ').map((reference) => `${channel.name} ${reference}`);
  }
  // Who was killed before noting it has written it down all the same.
  if (event.kind === 'applying') {
    return endedIn(event)
      .filter(({ kind }) => ENDINGS.includes(kind))
      .map(({ channel, item }) => `${channel} ${referenceOf(item.news)}`);
  }
  if (event.kind !== 'noted' || event.note.kind !== 'notice') return [];
  const { ending, channel, reference } = event.note;
  return ENDINGS.includes(ending) ? [`${channel} ${reference}`] : [];
};

/** Channels and references that an event puts in line. */
const enlistedBy = (event: HistoryEvent): readonly string[] => {
  if (event.kind !== 'applying' || event.trip.action !== 'PutItem') return [];
  const [channel, items] = event.trip.input as readonly [unknown, unknown];
  if (typeof channel !== 'string') return [];
  return (items as readonly Waiting[]).map(({ news }) => `${channel} ${referenceOf(news)}`);
};

/** Remembers which channel is done with what, and what is safe in its line. Other promises use it, too. */
export const createRecord = () => {
  const ended = new Set<string>();
  const enlisted = new Set<string>();

  return {
    follow: (event: HistoryEvent): void => {
      for (const name of endedBy(event)) ended.add(name);
      for (const name of enlistedBy(event)) enlisted.add(name);
    },
    /** The queue of a channel whose budget is spent keeps the rest until the next hour. */
    isSafe: (channel: Channel, reference: string): boolean =>
      (channel.perHour === undefined ? ended : enlisted).has(`${channel.name} ${reference}`),
  };
};

/** Messages in a dead-letter queue are told to a person by an alarm of its own. */
const deadIn = (event: HistoryEvent): readonly string[] =>
  event.kind === 'dead-lettered'
    ? [...event.body.matchAll(/decisionId\\*":\\*"([\w/-]+)/g)].map(([, id = '']) => id)
    : [];

/** The channels that routes name for a piece of news; routes of scenarios ask for its kind alone. */
const routed = ({ routes, channels }: Configuration, { kind }: Outcome): readonly Channel[] => {
  const names = routes.filter(({ on }) => on.some((each) => each === kind)).flatMap(({ to }) => to);
  return channels.filter(({ name }) => names.includes(name));
};

export const newsReachesItsChannels: Checker = {
  id: 'L60',
  promise: 'once it is quiet, what was published has ended on each channel that a route names',
  watch: ({ configuration, timeline }) => {
    const outcomes = new Map<string, Outcome>();
    const record = createRecord();
    const dead = new Set<string>();

    return {
      onEvent: (event) => {
        const outcome = publishedIn(event);
        if (outcome) outcomes.set(outcome.decisionId, outcome);
        record.follow(event);
        for (const id of deadIn(event)) dead.add(id);
        return [];
      },
      atEnd: () =>
        [...outcomes.values()]
          .filter(({ decisionId }) => !dead.has(decisionId))
          .filter(({ at }) => at < timeline.now() - LONGEST_WINDOW_MS)
          .flatMap((outcome) =>
            routed(configuration(), outcome).flatMap((channel) =>
              unless(record.isSafe(channel, outcome.decisionId), () => {
                return `${outcome.decisionId} was published, and ${channel.name} was not told`;
              }),
            ),
          ),
    };
  },
};

/** Routes of scenarios gather for ten minutes at most; what came later may still be waiting. */
const LONGEST_WINDOW_MS = 12 * MINUTE_MS;

type Change = Readonly<{ name: string; state: string; at: string }>;

/** The changes of alarms that an invocation of notify was given, read apart from the code that is judged. */
const changesIn = (event: HistoryEvent): readonly Change[] => {
  if (event.kind !== 'invoked' || event.invocation.functionName !== 'notify') return [];
  return (event.event as SQSEvent).Records.flatMap(({ body }) => changeIn(body));
};

const changeIn = (body: string): readonly Change[] => {
  if (isMarked(body)) return [];
  const text = body.replaceAll('\\', '');
  const name = /"(?:AlarmName|alarmName)":"([^"]+)"/.exec(text)?.[1];
  const state = /"(?:NewStateValue|state":\{"value)":"([A-Z_]+)"/.exec(text)?.[1];
  const at = /"(?:StateChangeTime|time)":"([^"+Z]+)/.exec(text)?.[1];
  return name === undefined || state === undefined || at === undefined ? [] : [{ name, state, at }];
};

/** The knowledge of an alarm that people on a channel have. */
type Known = Readonly<{ channel: Channel; name: string; isOpen: boolean; openedAt: number }>;

const knownFrom = ({ channel, message }: Received): readonly Known[] => {
  const { incident, reference, at } = message;
  if (incident.key !== 'digest' && !incident.key.startsWith('alarm/')) return [];
  const isOpen = incident.phase === 'opened';
  return reference.split(', ').map((name) => ({ channel, name, isOpen, openedAt: at }));
};

/** Channels and alarms whose end is out of a line, told or not. An end that is called needless was none of an alarm that was told. */
const overBy = (event: HistoryEvent): readonly string[] =>
  endedIn(event)
    .filter(
      ({ item, kind }) =>
        kind !== 'needless' || item.news.kind !== 'alarm' || item.news.state !== 'OK',
    )
    .filter(({ kind }) => ENDINGS.includes(kind))
    .map(({ channel, item }) => `${channel} ${referenceOf(item.news)}`);

export const alarmsEnd: Checker = {
  id: 'L61',
  promise: 'once it is quiet, whoever was told last that an alarm fires is in line to hear its end',
  watch: () => {
    const known = new Map<string, Known>();
    const changes = new Map<string, Change>();
    /** Alarms whose end was heard of after a channel was told that they fire. */
    const over = new Set<string>();
    /** Alarms of which a message was set aside: whoever watches the dead-letter queue reads it. */
    const aside = new Set<string>();
    const hear = (change: Change): void => {
      const last = changes.get(change.name);
      if (last === undefined || change.at >= last.at) changes.set(change.name, change);
    };
    const told = (event: HistoryEvent): void => {
      for (const name of event.kind === 'received' ? [] : overBy(event)) over.add(name);
      for (const each of event.kind === 'received' ? knownFrom(event.received) : []) {
        const name = `${each.channel.name} ${each.name}`;
        known.set(name, each);
        over.delete(name);
      }
    };

    return {
      onEvent: (event) => {
        for (const change of changesIn(event)) hear(change);
        for (const { name } of event.kind === 'dead-lettered' ? changeIn(event.body) : []) {
          aside.add(name);
        }
        told(event);
        return [];
      },
      atEnd: () =>
        [...known].flatMap(([key, { channel, name, isOpen, openedAt }]) => {
          const last = changes.get(name);
          // Clocks of messages are text: that of the opening is compared as such, too.
          const isOver = last?.state === 'OK' && last.at > isoTime(openedAt);
          if (!isOver || channel.perHour !== undefined || aside.has(name)) return [];
          return unless(!isOpen || over.has(key), () => {
            return `${channel.name} was told that ${name} fires, and not that it is over`;
          });
        }),
    };
  },
};
