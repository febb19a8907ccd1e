import type { NotifyPorts } from '#app/notify/ports.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import type { NewsKind, Route } from '#domain/configuration/configuration.ts';
import type { Note } from '#domain/lane/note.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Message } from '#domain/notify/message.ts';
import { type News, referenceOf } from '#domain/notify/news.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { Thread } from '#domain/notify/thread.ts';
import type { AlarmEvent } from '#domain/observed/alarm.ts';
import { openingOf } from '#schedule/opening-of.ts';
import { createOutbox } from '#simulator/services/outbox.ts';
import { NOON } from './builders.ts';

export const SLACK: Extract<Channel, { kind: 'slack' }> = {
  kind: 'slack',
  name: 'ops',
  webhookParameter: '/tidegate/slack-webhook',
  origins: ['https://hooks.slack.com'],
};
export const EMAIL: Extract<Channel, { kind: 'email' }> = {
  kind: 'email',
  name: 'mail',
  address: 'ops@example.com',
};

const ALL: Route['on'] = ['scaled', 'replaced', 'held', 'blocked', 'at-max', 'failed', 'alarm'];

export const anOutcome = (overrides: Partial<Outcome> = {}): Outcome => ({
  schemaVersion: 1,
  kind: 'scaled',
  decisionId: 'web-17',
  group: 'web',
  autoScalingGroup: 'web-prod',
  at: NOON,
  reason: 'ScaledOut',
  summary: 'web 4 → 6: cpu-high',
  capacity: { from: 4, to: 6 },
  ...overrides,
});

export const anOutcomeOf = (kind: Exclude<NewsKind, 'alarm' | 'alert'>): Outcome =>
  anOutcome({ kind });

export const anAlarmEvent = (overrides: Partial<AlarmEvent> = {}): AlarmEvent => ({
  kind: 'alarm',
  form: 'metric',
  name: 'web-cpu-high',
  arn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:web-cpu-high',
  state: 'ALARM',
  previousState: 'OK',
  reason: 'Threshold Crossed',
  at: NOON,
  ...overrides,
});

/** The outbox, the channels and the clock; several invocations may share them. */
export const aNotifyWorld = (overrides: Partial<NotifyPorts['configuration']> = {}) => {
  const outbox = createOutbox();
  const world = {
    now: NOON,
    outbox,
    /** Every effect in its order: `save ops`, `send ops web-17`, `end ops web-17 sent`. */
    effects: [] as string[],
    notes: [] as Note[],
    /** Answers of each channel, in turn; `sent` when there is nothing left. */
    answers: { ops: [] as Delivery[], mail: [] as Delivery[] } as Record<string, Delivery[]>,
    messages: [] as Message[],
    threads: [] as (Thread | undefined)[],
    retold: [] as News[],
    sent: (channel: string) => world.effects.filter((each) => each.startsWith(`send ${channel} `)),
    endings: () =>
      world.notes.flatMap((note) =>
        note.kind === 'notice' ? [`${note.channel} ${note.reference} ${note.ending}`] : [],
      ),
  };

  const ports: NotifyPorts = {
    configuration: {
      alerts: [],
      channels: [SLACK, EMAIL],
      routes: [{ on: ALL, to: ['ops', 'mail'] }],
      ...overrides,
    },
    outbox: {
      ...outbox,
      save: async (held, state) => {
        world.effects.push(`save ${held.channel}`);
        return outbox.save(held, state);
      },
      commit: async (held, conclusion) => {
        for (const { item, ending } of conclusion.ended) {
          world.effects.push(`end ${held.channel} ${referenceOf(item.news)} ${ending.kind}`);
        }
        return outbox.commit(held, conclusion);
      },
    },
    send: async (channel, message, thread) => {
      world.messages.push(message);
      world.threads.push(thread);
      world.effects.push(`send ${channel.name} ${message.reference}`);
      return world.answers[channel.name]?.shift() ?? { kind: 'sent' };
    },
    retell: async (news) => {
      world.retold.push(news);
    },
    where: {},
    readMessageContext: async () => ({}),
    openingOf,
    note: (note) => world.notes.push(note),
    now: () => world.now,
  };

  return { world, ports };
};
